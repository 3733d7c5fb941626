// Why a computed field, a rule or a decision table says what it says of a record.
#include "engine/query/explain.h"
#include "engine/query/explain_table.h"
#include "runtime/api/endpoints.h"

namespace tenon::api {
namespace {

std::string_view word(query::ExplainedPart::State state) {
  using State = query::ExplainedPart::State;
  switch (state) {
    case State::value: return "value";
    case State::error: return "error";
    case State::unused: return "unused";
    case State::hidden: return "hidden";
  }
  return "hidden";
}

// A number as it came out, with all its digits.
void write_plain(json::Writer& writer, const Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) {
    writer.text(number->text());
  } else if (is_empty(value)) {
    writer.null();
  } else {
    tenon::write(writer, Type{.format = &format_of(kind_of(value))}, value);
  }
}

// Which rate of which day, which calendar; or that there was none.
void write_found(json::Writer& writer, const formula::Finding& finding) {
  if (const auto* calendar = std::get_if<formula::FoundCalendar>(&finding)) {
    writer.key("looked_up").begin_object().key("calendar").text(calendar->name);
    writer.key("found").boolean(calendar->is_there).end_object();
  }
  const auto* rate = std::get_if<formula::FoundRate>(&finding);
  if (rate == nullptr || rate->is_same) return;
  writer.key("looked_up").begin_object().key("from").text(rate->from).key("to").text(rate->to);
  writer.key("on").text(text_of(rate->on)).key("rates").begin_array();
  for (const formula::UsedRate& used : rate->used) {
    writer.begin_object().key("from").text(used.from).key("to").text(used.to);
    writer.key("date").text(text_of(used.rate.date));
    writer.key("rate").text(used.rate.rate.text()).end_object();
  }
  writer.end_array().end_object();
}

void write_part(json::Writer& writer, const query::ExplainedPart& part) {
  using State = query::ExplainedPart::State;
  writer.begin_object().key("text");
  part.text.empty() ? writer.null() : writer.text(part.text);
  writer.key("kind").text(name_of(part.kind)).key("state").text(word(part.state));
  if (part.state == State::value) write_plain(writer.key("value"), part.value);
  if (part.state == State::error) writer.key("error").text(part.rule);
  write_found(writer, part.finding);
  writer.key("parts").begin_array();
  for (const query::ExplainedPart& one : part.parts) write_part(writer, one);
  writer.end_array().end_object();
}

// Writes one table's explanation; the rows that apply, and of the others the first.
class TableWriter {
 public:
  TableWriter(const query::ExplainedTable& explained, std::string_view locale)
      : explained_(explained), table_(*explained.table), locale_(locale) {}

  std::string write() {
    writer_.begin_object().key("table").text(table_.name);
    label(table_.label, table_.name);
    writer_.key("hit").text(name_of(table_.hit));
    inputs();
    rows();
    decision();
    writer_.key("problems").begin_array();
    for (const Problem& problem : explained_.explanation.problems) {
      writer_.begin_object().key("at").text(problem.at).key("rule").text(problem.rule);
      writer_.key("message").text(problem.message).end_object();
    }
    writer_.end_array().end_object();
    return writer_.take();
  }

 private:
  static constexpr int kOthersMax = 200;

  void label(const metadata::Label& label, const std::string& otherwise) {
    const std::string& text = metadata::text_in(label, locale_);
    writer_.key("label").text(text.empty() ? otherwise : text);
  }

  void inputs() {
    writer_.key("inputs").begin_array();
    for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
      writer_.begin_object().key("name").text(table_.inputs[i].name);
      label(table_.inputs[i].label, table_.inputs[i].name);
      write_plain(writer_.key("value"), explained_.explanation.inputs[i]);
      writer_.end_object();
    }
    writer_.end_array();
  }

  void rows() {
    const auto& rows = explained_.explanation.rows;
    writer_.key("rows_count").integer(static_cast<std::int64_t>(rows.size()));
    writer_.key("rows").begin_array();
    int others = 0;
    for (std::size_t place = 0; place < rows.size(); ++place) {
      if (rows[place].applies || ++others <= kOthersMax) row(place);
    }
    writer_.end_array();
  }

  void row(std::size_t place) {
    const decision::Row& row = explained_.rows()[place];
    const decision::ExplainedRow& explained = explained_.explanation.rows[place];
    writer_.begin_object().key("row").integer(static_cast<std::int64_t>(place));
    writer_.key("record");
    row.record.value == 0 ? writer_.null() : writer_.text(text_of(row.record));
    label(row.label, "");
    writer_.key("applies").boolean(explained.applies).key("cells").begin_array();
    for (const decision::ExplainedCell& cell : explained.cells) {
      cell.error.empty() ? writer_.boolean(cell.passes) : writer_.null();
    }
    writer_.end_array().key("errors").begin_array();
    for (std::size_t i = 0; i < explained.cells.size(); ++i) {
      if (explained.cells[i].error.empty()) continue;
      writer_.begin_object().key("input").text(table_.inputs[i].name);
      writer_.key("rule").text(explained.cells[i].error).end_object();
    }
    writer_.end_array().end_object();
  }

  void decision() {
    const decision::Decision& decision = explained_.explanation.decision;
    writer_.key("decision");
    if (!explained_.explanation.problems.empty()) {
      writer_.null();
      return;
    }
    writer_.begin_object().key("rows").begin_array();
    for (const int row : decision.rows) writer_.integer(row);
    writer_.end_array().key("otherwise").boolean(decision.otherwise);
    writer_.key("results").begin_array();
    for (const Values& values : decision.results) {
      writer_.begin_object();
      for (std::size_t i = 0; i < values.size(); ++i) {
        write_plain(writer_.key(table_.outputs[i].name), values[i]);
      }
      writer_.end_object();
    }
    writer_.end_array().end_object();
  }

  const query::ExplainedTable& explained_;
  const decision::Table& table_;
  std::string_view locale_;
  json::Writer writer_;
};

// Asks in one snapshot, and answers what `write` makes of it.
template <class Ask, class Write>
void answer_why(const CallPointer& call, std::string_view id_text, Ask ask, Write write) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  Result<std::string> body = Error::not_found();
  call->engine.read([&](storage::Transaction& tx) {
    auto explained = ask(query::context(*call->app, call->actor(), tx, call->now()), *id);
    body = explained ? Result<std::string>(write(*explained)) : std::move(explained.error());
  });
  body ? call->json(200, body.take()) : call->fail(body.error());
}

}  // namespace

void explain_formula(CallPointer call, std::string object, std::string id, std::string field) {
  answer_why(
      call, id,
      [&](const query::Context& context, RecordId record) {
        return query::explain_field(context, object, record, field);
      },
      [](const query::ExplainedField& explained) {
        json::Writer writer;
        writer.begin_object().key("field").text(explained.object->field(explained.slot).name);
        write_part(writer.key("part"), explained.part);
        writer.end_object();
        return writer.take();
      });
}

void explain_rule(CallPointer call, std::string object, std::string id, std::string rule) {
  const std::string locale = call->actor().locale;
  answer_why(
      call, id,
      [&](const query::Context& context, RecordId record) {
        return query::explain_rule(context, object, record, rule);
      },
      [&](const query::ExplainedRule& explained) {
        json::Writer writer;
        writer.begin_object().key("rule").text(explained.rule->name);
        writer.key("effect").text(metadata::name_of(explained.rule->effect)).key("field");
        explained.field.empty() ? writer.null() : writer.text(explained.field);
        writer.key("message").text(metadata::text_in(explained.rule->message, locale));
        write_part(writer.key("when"), explained.when);
        writer.end_object();
        return writer.take();
      });
}

void explain_table(CallPointer call, std::string object, std::string id, std::string table) {
  const std::string locale = call->actor().locale;
  answer_why(
      call, id,
      [&](const query::Context& context, RecordId record) {
        return query::explain_table(context, object, record, table);
      },
      [&](const query::ExplainedTable& explained) {
        return TableWriter(explained, locale).write();
      });
}

}  // namespace tenon::api
