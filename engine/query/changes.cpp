#include "engine/query/changes.h"

#include "engine/application/money.h"
#include "engine/event/event_log.h"
#include "engine/json/document.h"
#include "engine/query/sight.h"

namespace tenon::query {
namespace {

// The record before and after an event, as far as the log and the table tell: enough to know who
// could see it.
struct States {
  Values before;
  Values after;
};

// Empty where its type has changed since.
void put_value(json::Reader reader, const application::Object& object, std::size_t slot,
               Values& fields) {
  const Type& type = object.types[slot];
  const int currency = application::currency_slot(object, static_cast<int>(slot));
  if (currency < 0) {
    auto value = parse(reader, type);
    fields[slot] = value ? value.take() : Value{};
    return;
  }
  const auto money = parse_money(reader, type);
  fields[slot] = money ? money->amount : Value{};
  fields[static_cast<std::size_t>(currency)] = money ? money->currency : Value{};
}

States states_of(const Context& context, const application::Object& object,
                 const event::Event& event, json::Reader body) {
  States states;
  if (object.owner_slot < 0) return states;  // Everybody's or nobody's.
  if (const auto record = record::read(context.tx, object.table, event.record)) {
    states.before = record->fields;
  } else {
    states.before = Values(object.types.size());
  }
  states.after = states.before;
  for (const json::Reader member : body) {
    for (std::size_t slot = 0; slot < object.types.size(); ++slot) {
      const metadata::Field& field = object.definition->fields[slot];
      if (field.id != member.name() || field.is_children() || member.size() != 2) continue;
      auto pair = member.begin();
      put_value(*pair, object, slot, states.before);
      put_value(*++pair, object, slot, states.after);
    }
  }
  return states;
}

std::vector<std::string> readable_names(const Context& context, const application::Object& object,
                                        json::Reader body, const std::vector<bool>& hidden) {
  const auto& rights = context.rights.objects[static_cast<std::size_t>(object.place)];
  std::vector<std::string> names;
  for (const json::Reader member : body) {
    for (std::size_t slot = 0; slot < object.types.size(); ++slot) {
      if (object.definition->fields[slot].id != member.name()) continue;
      const bool is_hidden = !hidden.empty() && hidden[slot];
      if (rights.may_read(static_cast<int>(slot)) && !is_hidden) {
        names.push_back(object.definition->fields[slot].name);
      }
    }
  }
  return names;
}

std::optional<ChangeNotice> notice_of(const Context& context, const event::Event& event) {
  if (event.kind == "publish") {
    return ChangeNotice{
        ChangeNotice::Kind::application, event.seq, "", {}, event.application, "", {}};
  }
  const application::Object* object = context.app.find_id(event.object);
  if (object == nullptr) return std::nullopt;
  const auto body = json::Document::parse(event.body);
  if (!body) throw Fault("an event's body is no JSON");
  const States states = states_of(context, *object, event, body->root());
  const bool saw = event.kind != "create" && sees(context, *object, states.before);
  const bool sees_it = event.kind != "delete" && sees(context, *object, states.after);
  if (!saw && !sees_it) return std::nullopt;
  ChangeNotice notice{sees_it ? ChangeNotice::Kind::change : ChangeNotice::Kind::gone,
                      event.seq,
                      object->name(),
                      event.record,
                      event.record_version,
                      saw ? event.kind : "create",
                      {}};
  if (sees_it) {
    const auto hidden = hidden_in_pool(context, *object, states.after);
    notice.fields = readable_names(context, *object, body->root(), hidden);
  }
  // What changed is nothing to somebody who can read none of it.
  if (sees_it && saw && notice.fields.empty()) return std::nullopt;
  return notice;
}

}  // namespace

ChangesPage changes_after(const Context& context, std::int64_t cursor, int count_max) {
  ChangesPage page{.notices = {}, .cursor = cursor};
  for (const event::Event& event : event::read_after(context.tx, cursor, count_max)) {
    page.cursor = event.seq;
    if (auto notice = notice_of(context, event)) page.notices.push_back(std::move(*notice));
  }
  return page;
}

std::int64_t newest_cursor(storage::Transaction& tx) { return event::last(tx); }

}  // namespace tenon::query
