#include "engine/command/numbering.h"

#include "engine/record/number_table.h"
#include "engine/value/column.h"

namespace tenon::command {
namespace {

using application::Object;

class Numbers {
 public:
  Numbers(storage::Transaction& tx, const Object& object, const AutoNumber& number)
      : tx_(tx), object_(object), number_(number) {}

  // `apart`: where it counts, of the field by which it counts apart.
  Result<std::string> next(Date day, const std::string& apart) {
    const std::string scope = scope_of(number_.pattern.scope(day), apart);
    const std::int64_t counter = record::take_number(tx_, key(scope));
    if (counter <= NumberPattern::kCounterMax) return number_.pattern.text(day, counter);
    return Error::of(ErrorCode::limit, object_.field(number_.slot).name, "counter",
                     "there are no more numbers of this pattern; give it another one");
  }

  void go_on_behind(std::string_view number, const std::string& apart) {
    const auto read = number_.pattern.read(number);
    if (read) record::raise_number(tx_, key(scope_of(read->scope, apart)), read->counter);
  }

 private:
  // Dates have no "|" in them.
  std::string scope_of(const std::string& dates, const std::string& apart) const {
    return number_.scope_slot < 0 ? dates : dates + "|" + apart;
  }
  record::CounterKey key(std::string_view scope) const {
    return {object_.id(), object_.field(number_.slot).id, scope};
  }

  storage::Transaction& tx_;
  const Object& object_;
  const AutoNumber& number_;
};

Date day_of(const application::Application& app, DateTime moment) {
  return Date{app.zone().local(moment.ms).days};
}

Value& value_of(const AutoNumber& number, Values& fields) {
  return fields[static_cast<std::size_t>(number.slot)];
}

// As the column of the field keeps it.
std::string apart_of(const Object& object, const AutoNumber& number, const Values& fields) {
  if (number.scope_slot < 0) return "";
  const Column column = to_column(object.type(number.scope_slot),
                                  fields[static_cast<std::size_t>(number.scope_slot)]);
  if (const auto* whole = std::get_if<std::int64_t>(&column)) return std::to_string(*whole);
  const auto* text = std::get_if<std::string>(&column);
  return text == nullptr ? "" : *text;
}

// A record that now counts elsewhere has no number there yet.
void forget_moved(const Object& object, const Values& before, Values& fields) {
  for (const AutoNumber& number : object.auto_numbers) {
    if (apart_of(object, number, before) == apart_of(object, number, fields)) continue;
    value_of(number, fields) = Value{};
  }
}

// Whether any field got a number.
Result<bool> give(Context& context, const Object& object, bool is_new, Values& fields) {
  bool gave = false;
  for (const AutoNumber& number : object.auto_numbers) {
    Value& value = value_of(number, fields);
    Numbers numbers(context.tx, object, number);
    const std::string apart = apart_of(object, number, fields);
    if (is_empty(value)) {
      const Date today = day_of(context.app, DateTime{context.clock.now_ms()});
      TENON_TRY(auto text, numbers.next(today, apart));
      value = Value{std::move(text)};
      gave = true;
    } else if (is_new) {
      numbers.go_on_behind(std::get<std::string>(value), apart);
    }
  }
  return gave;
}

Result<void> check(const Object& object, const Values& before, Values& fields,
                   const std::string& at) {
  for (const AutoNumber& number : object.auto_numbers) {
    const Value& was = before[static_cast<std::size_t>(number.slot)];
    Value& value = value_of(number, fields);
    if (is_empty(value)) value = was;
    if (is_empty(was) || value == was) continue;
    return Error::invalid(at + object.field(number.slot).name, "read_only",
                          "a number once given stays");
  }
  return done();
}

// Nothing where the pattern is as it was: its counters know every number.
bool is_numbered_so(const application::Application& before, const Object& object,
                    const AutoNumber& number) {
  const metadata::Object* old = before.bundle().find_id(object.id());
  if (old == nullptr) return true;  // A new object has no rows.
  const metadata::Field& field = object.field(number.slot);
  const metadata::Field* was = old->find_id(field.id);
  return was != nullptr && was->is_auto_number() && was->pattern == field.pattern &&
         was->scope == field.scope;
}

}  // namespace

Result<void> check_numbers(const Object& object, const record::Record* before, Draft& draft) {
  if (before != nullptr) TENON_CHECK(check(object, before->fields, draft.fields, ""));
  Result<void> outcome = done();
  for_each_line(draft.lines, [&](const Object& lines, LineDraft& line) {
    if (!outcome || !line.before || line.is_removed) return;
    outcome = check(lines, line.before->fields, line.record.fields, line.at + "/");
  });
  return outcome;
}

Result<void> give_numbers(Context& context, const Object& object, const record::Record* before,
                          Draft& draft) {
  if (before != nullptr) forget_moved(object, before->fields, draft.fields);
  TENON_TRY(bool gave, give(context, object, before == nullptr, draft.fields));
  Result<void> outcome = done();
  for_each_line(draft.lines, [&](const Object& lines, LineDraft& line) {
    if (!outcome || line.is_removed) return;
    if (line.before) forget_moved(lines, line.before->fields, line.record.fields);
    const auto one = give(context, lines, !line.before, line.record.fields);
    if (!one) outcome = one.error();
    gave = gave || (one && *one);
  });
  TENON_CHECK(std::move(outcome));
  return gave ? settle(context, object, before, draft) : done();
}

Result<void> go_on_behind_numbers(const Context& context, const application::Application& after) {
  for (const Object& object : after.objects()) {
    for (const AutoNumber& number : object.auto_numbers) {
      if (is_numbered_so(context.app, object, number)) continue;
      Numbers numbers(context.tx, object, number);
      record::each_number(context.tx, object.table, number, [&](const record::Numbered& row) {
        numbers.go_on_behind(row.number, row.scope);
      });
    }
  }
  return done();
}

std::vector<Numbering> numberings(const application::Application& app, const Stale& stale) {
  std::vector<Numbering> all;
  for (const Object& object : app.objects()) {
    for (const AutoNumber& number : object.auto_numbers) {
      if (stale.contains(object, number.slot)) all.push_back({&object, &number});
    }
  }
  return all;
}

Result<std::optional<RecordId>> number_some(Context& context, const Numbering& numbering,
                                            RecordId after, int count_max) {
  const record::Table& table = numbering.object->table;
  const int slot = numbering.number->slot;
  Numbers numbers(context.tx, *numbering.object, *numbering.number);
  const auto rows = record::unnumbered(context.tx, table, *numbering.number, after, count_max);
  for (const record::Numbered& row : rows) {
    TENON_TRY(const auto text, numbers.next(day_of(context.app, row.created_at), row.scope));
    record::set_number(context.tx, table, slot, row.id, text);
  }
  if (static_cast<int>(rows.size()) < count_max) return std::optional<RecordId>{};
  return std::optional(rows.back().id);
}

}  // namespace tenon::command
