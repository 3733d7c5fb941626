#include "engine/query/changes.h"

#include "engine/event/event_log.h"
#include "engine/json/document.h"

namespace tenon::query {
namespace {

// Who owned the record before and after an event, as far as the log and the table tell.
struct Owners {
  RecordId before;
  RecordId after;
};

Result<RecordId> owner_in(json::Reader reader) {
  if (reader.is_null()) return RecordId{};
  TENON_TRY(const auto text, reader.text());
  TENON_TRY(const auto id, parse_id_text(text));
  return RecordId{id};
}

Owners owners_of(const Context& context, const application::Object& object,
                 const event::Event& event, json::Reader body) {
  Owners owners;
  if (object.owner_slot < 0) return owners;
  if (const auto record = record::read(context.tx, object.table, event.record)) {
    const auto* owner =
        std::get_if<RecordId>(&record->fields[static_cast<std::size_t>(object.owner_slot)]);
    if (owner != nullptr) owners.before = owners.after = *owner;
  }
  const auto moved = body.member(object.field(object.owner_slot).id);
  if (!moved || moved->size() != 2) return owners;
  auto pair = moved->begin();
  if (const auto before = owner_in(*pair)) owners.before = *before;
  if (const auto after = owner_in(*++pair)) owners.after = *after;
  return owners;
}

std::vector<std::string> readable_names(const Context& context, const application::Object& object,
                                        json::Reader body) {
  const auto& rights = context.rights.objects[static_cast<std::size_t>(object.place)];
  std::vector<std::string> names;
  for (const json::Reader member : body) {
    for (std::size_t slot = 0; slot < object.types.size(); ++slot) {
      if (object.definition->fields[slot].id != member.name()) continue;
      if (rights.may_read(static_cast<int>(slot))) {
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
  const auto reach = context.rights.objects[static_cast<std::size_t>(object->place)].read;
  const Owners owners = owners_of(context, *object, event, body->root());
  const bool saw =
      event.kind != "create" && permission::reaches(reach, context.actor, owners.before);
  const bool sees =
      event.kind != "delete" && permission::reaches(reach, context.actor, owners.after);
  if (!saw && !sees) return std::nullopt;
  ChangeNotice notice{sees ? ChangeNotice::Kind::change : ChangeNotice::Kind::gone,
                      event.seq,
                      object->name(),
                      event.record,
                      event.record_version,
                      saw ? event.kind : "create",
                      {}};
  if (sees) notice.fields = readable_names(context, *object, body->root());
  // What changed is nothing to somebody who can read none of it.
  if (sees && saw && notice.fields.empty()) return std::nullopt;
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
