#include "engine/command/flow_requests.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/command/create_record.h"
#include "engine/command/delete_record.h"
#include "engine/command/run_access.h"
#include "engine/command/update_record.h"
#include "engine/metadata/currency.h"
#include "engine/query/decide.h"
#include "engine/query/later.h"
#include "engine/query/people.h"
#include "engine/query/select.h"

namespace tenon::command {
namespace {

using application::Object;
using metadata::RecordVerb;

class Answering {
 public:
  Answering(Context& context, const run::Kept& kept, FlowFacts& facts)
      : context_(context), kept_(kept), facts_(facts), flow_(flow_of(context, kept)) {}

  Result<flow::Answer> operator()(const flow::PeopleQuestion& question) {
    facts_.ask(question);
    return flow::Answer{};
  }

  Result<flow::Answer> operator()(const flow::WriteRecord& request) {
    TENON_TRY(const Object* object, object_of(request.object));
    TENON_TRY(const Actor actor, acting());
    Context own{context_.app, actor, context_.tx, context_.clock, context_.ids, context_.changes};
    const RunPass pass{kept_.run.id};
    flow::Answer answer{.error = std::nullopt, .record = request.record};
    if (request.verb == RecordVerb::erase) {
      TENON_CHECK(delete_record(own, {object, request.record, std::nullopt, &pass}));
      return answer;
    }
    TENON_TRY(auto input, input_of(*object, request.set));
    if (request.verb == RecordVerb::create) {
      TENON_TRY(const auto made, create_record(own, {object, std::move(input)}));
      answer.record = made.id;
      return answer;
    }
    TENON_CHECK(
        update_record(own, {object, request.record, std::move(input), std::nullopt, &pass}));
    return answer;
  }

  Result<flow::Answer> operator()(const flow::FindRecord& request) {
    TENON_TRY(const Object* object, object_of(request.object));
    TENON_TRY(const Actor actor, acting());
    query::Context asked =
        query::context(context_.app, actor, context_.tx, DateTime{context_.clock.now_ms()});
    asked.looked_up = looked_up(context_);
    query::Select select(asked, *object);
    for (const auto& [name, value] : request.match) {
      TENON_TRY(const int slot, slot_of(*object, name));
      storage::SqlBuilder condition = select.column(slot);
      if (is_empty(value)) {
        condition.text(" IS NULL");
      } else {
        TENON_TRY(const auto fitting, coerce(object->type(slot), value));
        condition.text(" = ").bind(to_column(object->type(slot), fitting));
      }
      select.where(std::move(condition));
    }
    storage::SqlBuilder sql;
    sql.text("SELECT ").append(select.column(-1)).append(select.from_where());
    sql.text(" ORDER BY 1 LIMIT 1");
    auto statement = query::prepared(asked, sql);
    flow::Answer answer;
    if (const auto row = statement.step()) answer.record = RecordId{row->integer(0)};
    return answer;
  }

  Result<flow::Answer> operator()(const flow::DecideTable& request) {
    TENON_TRY(const Object* object, object_of(flow_.definition->object));
    const auto table = std::find_if(object->tables.begin(), object->tables.end(),
                                    [&](const auto& one) { return one.table.id == request.table; });
    if (table == object->tables.end()) {
      return Error::invalid("table", "unknown_table",
                            "there is no table \"" + request.table + "\"");
    }
    TENON_TRY(const auto record, query::KeptScope::read(facts_.asked(), *object, object->needs,
                                                        value_slots(*object), kept_.run.record));
    if (!record) return Error::not_found();
    TENON_TRY(const auto decision, query::decide(facts_.asked(), *table, record->scope()));
    flow::Answer answer;
    for (std::size_t i = 0; i < table->table.outputs.size(); ++i) {
      answer.values.emplace_back(table->table.outputs[i].name, decision.value(i));
    }
    return answer;
  }

 private:
  Result<const Object*> object_of(const std::string& id) const {
    if (const Object* object = context_.app.find_id(id)) return object;
    return Error::invalid("object", "unknown_object", "there is no object \"" + id + "\"");
  }

  static Result<int> slot_of(const Object& object, const std::string& id) {
    const metadata::Field* field = object.definition->find_id(id);
    if (const auto part = metadata::money_part(id); field == nullptr && part) {
      const metadata::Field* money = object.definition->find_id(part->field);
      if (money != nullptr) field = currency_beside(*object.definition, *money);
    }
    if (field != nullptr) return static_cast<int>(field - object.definition->fields.data());
    return Error::invalid(id, "unknown_field", "there is no such field in " + object.name());
  }

  static Result<Input> input_of(const Object& object, const std::vector<flow::NamedValue>& set) {
    Input input;
    for (const auto& [id, given] : set) {
      TENON_TRY(const int slot, slot_of(object, id));
      auto value = coerce(object.type(slot), given);
      if (!value) {
        for (Problem& problem : value.error().problems) problem.at = object.field(slot).name;
        return std::move(value.error());
      }
      input.entries.push_back({slot, value.take()});
    }
    TENON_CHECK(pair_money(object, input));
    return input;
  }

  // An amount alone is in the field's own currency, whatever there was before.
  static Result<void> pair_money(const Object& object, Input& input) {
    const auto entries = input.entries;
    for (const Input::Entry& entry : entries) {
      const int beside = application::currency_slot(object, entry.slot);
      if (beside < 0) continue;
      const Value* code = input.find(beside);
      auto money = money_of(object.type(entry.slot), entry.value, code ? *code : Value{});
      if (!money) {
        for (Problem& one : money.error().problems) one.at = object.field(entry.slot).name;
        return std::move(money.error());
      }
      std::erase_if(input.entries, [&](const auto& one) { return one.slot == beside; });
      input.entries.push_back({beside, std::move(money->currency)});
    }
    return done();
  }

  Result<Actor> acting() const {
    if (flow_.definition->settings.run_as == metadata::RunAs::bundle) {
      return system_actor(Surface::flow, "the flow " + flow_.name());
    }
    auto actor = query::actor_of(context_.app, context_.tx, kept_.run.initiator);
    if (!actor) return Error::denied("", "who started this run is not active any more");
    actor->surface = Surface::flow;
    return std::move(*actor);
  }

  Context& context_;
  const run::Kept& kept_;
  FlowFacts& facts_;
  const application::Flow& flow_;
};

bool writes(const flow::Request& request) {
  return std::holds_alternative<flow::WriteRecord>(request);
}

}  // namespace

flow::Answer answer_request(Context& context, const run::Kept& kept, FlowFacts& facts,
                            const flow::Request& request) {
  // Half of a refused write must not stay: neither rows nor what is noted of them.
  const bool undoes = writes(request);
  Changes before;
  if (undoes) {
    before = context.changes;
    context.tx.script("SAVEPOINT flow_request");
  }
  auto answer = std::visit(Answering(context, kept, facts), request);
  if (undoes) {
    context.tx.script(answer ? "RELEASE flow_request"
                             : "ROLLBACK TO flow_request; RELEASE flow_request");
    if (!answer) context.changes = std::move(before);
  }
  if (answer) return answer.take();
  return {.error = std::move(answer.error()), .record = {}, .values = {}};
}

}  // namespace tenon::command
