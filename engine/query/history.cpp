#include "engine/query/history.h"

#include <map>

#include "engine/base/limits.h"
#include "engine/event/event_log.h"
#include "engine/json/document.h"
#include "engine/query/list.h"
#include "engine/query/record_grant.h"
#include "engine/query/sight.h"
#include "engine/value/money.h"
#include "engine/value/references.h"

namespace tenon::query {
namespace {

// Titles of records met in a history, each looked up once, as the actor.
class Titles {
 public:
  explicit Titles(const Context& context) : context_(context) {}

  std::string of(const application::Object& object, RecordId id) {
    const auto [known, fresh] = known_.try_emplace({object.place, id.value});
    if (!fresh) return known->second;
    const auto page = read(context_, object.name(), id, {object.definition->title_field});
    if (page && page->rows[0].size() == 3) {
      known->second = text_of(*page->outputs()[2].type, page->rows[0][2]);
    }
    return known->second;
  }

 private:
  const Context& context_;
  std::map<std::pair<int, std::int64_t>, std::string> known_;
};

int slot_of_id(const application::Object& object, std::string_view field) {
  for (std::size_t slot = 0; slot < object.types.size(); ++slot) {
    if (object.definition->fields[slot].id == field) return static_cast<int>(slot);
  }
  return -1;  // Of a field that is no longer there.
}

Value value_in(json::Reader reader, const Type& type) {
  auto value = parse_whole(reader, type);
  return value ? value.take() : Value{};  // Its type has changed since.
}

class Historian {
 public:
  // `readable`: fields of the object that the actor may read of this record now, and so always.
  Historian(const Context& context, const application::Object& object, std::vector<bool> readable)
      : context_(context), object_(object), readable_(std::move(readable)), titles_(context) {}

  HistoryEntry entry(const event::Event& event) {
    HistoryEntry entry;
    entry.seq = event.seq;
    entry.at = event.at;
    entry.kind = event.kind;
    entry.actor = event.actor;
    if (event.actor.value != 0) {
      entry.actor_name = titles_.of(context_.app.system_object("user"), event.actor);
    }
    entry.surface = event.surface;
    entry.command = event.command;
    entry.version = event.record_version;
    entry.changes = changes(event.body);
    return entry;
  }

  std::vector<HistoryChange> changes(std::string_view text) {
    const auto body = json::Document::parse(std::string(text));
    if (!body) throw Fault("an event's body is no JSON");
    std::vector<HistoryChange> changes;
    for (const json::Reader member : body->root()) change(object_, member, changes);
    return changes;
  }

 private:
  void change(const application::Object& object, json::Reader member,
              std::vector<HistoryChange>& changes) {
    const int slot = slot_of_id(object, member.name());
    if (slot < 0 || !may_read(object, slot)) return;
    HistoryChange change{.slot = slot};
    if (object.field(slot).is_children()) {
      for (const json::Reader line : member) add_line(line, change.lines);
    } else if (member.size() == 2) {
      auto pair = member.begin();
      change.before = value_in(*pair, object.type(slot));
      change.after = value_in(*++pair, object.type(slot));
      change.before_titles = titles(object, slot, change.before);
      change.after_titles = titles(object, slot, change.after);
    } else {
      return;
    }
    changes.push_back(std::move(change));
  }

  void add_line(json::Reader reader, std::vector<HistoryLine>& lines) {
    HistoryLine line{.id = {},
                     .object = context_.app.find_id(*reader.member("object")->text()),
                     .kind = std::string(*reader.member("kind")->text()),
                     .changes = {}};
    const auto id = parse_id_text(*reader.member("id")->text());
    if (!id || line.object == nullptr) return;  // Of an object that is no longer there.
    line.id = {*id};
    const json::Reader fields = *reader.member("fields");
    for (const json::Reader field : fields) {
      const int slot = slot_of_id(*line.object, field.name());
      const bool is_holder = slot >= 0 && !line.object->field(slot).held_by.empty();
      if (!is_holder) change(*line.object, field, line.changes);
    }
    lines.push_back(std::move(line));
  }

  bool may_read(const application::Object& object, int slot) const {
    if (&object == &object_) return readable_[static_cast<std::size_t>(slot)];
    return context_.rights.objects[static_cast<std::size_t>(object.place)].may_read(slot);
  }

  std::vector<std::string> titles(const application::Object& object, int slot, const Value& value) {
    std::vector<std::string> titles;
    const application::Object* target = context_.app.find_id(object.field(slot).to);
    for (const RecordId id : targets_of(value)) {
      titles.push_back(target == nullptr ? "" : titles_.of(*target, id));
    }
    return titles;
  }

  const Context& context_;
  const application::Object& object_;
  const std::vector<bool> readable_;
  Titles titles_;
};

// By slot: what roles let the actor read of a record that they see, less what its pool hides.
std::vector<bool> readable_of(const Context& context, const application::Object& object,
                              RecordId id) {
  const auto& own = context.rights.objects[static_cast<std::size_t>(object.place)];
  const auto record = record::read(context.tx, object.table, id);
  std::vector<bool> hidden;
  if (record) hidden = hidden_in_pool(context, object, record->fields);
  std::vector<bool> readable(object.types.size());
  for (std::size_t slot = 0; slot < readable.size(); ++slot) {
    readable[slot] = own.may_read(static_cast<int>(slot)) && (hidden.empty() || !hidden[slot]);
  }
  return readable;
}

}  // namespace

std::vector<HistoryChange> changes_in(const Context& context, const application::Object& object,
                                      RecordId id, std::string_view body) {
  const bool is_seen = bool(read(context, object.name(), id, {"id"}));
  std::vector<bool> readable(object.types.size());
  if (is_seen) readable = readable_of(context, object, id);
  if (const auto grant = granted_by_runs(context, object, id, false)) {
    for (std::size_t slot = 0; slot < readable.size(); ++slot) {
      readable[slot] = readable[slot] || grant->readable[slot];
    }
  }
  return Historian(context, object, std::move(readable)).changes(body);
}

Result<History> history(const Context& context, std::string_view name, RecordId id,
                        std::int64_t before, int limit) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, name));
  TENON_CHECK(read(context, name, id, {"id"}));
  if (limit < 1 || limit > limits::kPageRecordsMax) {
    return Error::of(ErrorCode::limit, "limit", "page_records", "must be from 1 to 200");
  }
  History history{.object = object};
  Historian historian(context, *object, readable_of(context, *object, id));
  while (true) {
    const auto events = event::of_record(context.tx, object->id(), id, before, limit + 1);
    for (const event::Event& event : events) {
      if (static_cast<int>(history.entries.size()) == limit) {
        history.next = before;
        return history;
      }
      before = event.seq;
      auto entry = historian.entry(event);
      // A change of which nothing may be read has not been, as in push.
      if (entry.kind == "update" && entry.changes.empty()) continue;
      history.entries.push_back(std::move(entry));
    }
    if (static_cast<int>(events.size()) <= limit) return history;
  }
}

}  // namespace tenon::query
