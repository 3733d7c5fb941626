#include "engine/command/context.h"

#include <algorithm>

namespace tenon::command {
namespace {

const Actor& engine_itself() {
  static const Actor actor = system_actor(Surface::system, "what is computed for everybody");
  return actor;
}

}  // namespace

void Changes::note(const application::Object& object, const record::Record* before,
                   const record::Record* after) {
  touched_.add(1);
  const RecordId id = before != nullptr ? before->id : after->id;
  const auto [place, fresh] = places_.try_emplace({&object, id.value}, changes_.size());
  if (!fresh) {
    changes_[place->second].after = after == nullptr ? std::nullopt : std::optional(*after);
    return;
  }
  changes_.push_back({&object,
                      before == nullptr ? std::nullopt : std::optional(*before),
                      after == nullptr ? std::nullopt : std::optional(*after),
                      {}});
}

void Changes::note_line(const application::Object& top, RecordId record, LineChange change) {
  touched_.add(1);
  auto& lines = changes_[places_.at({&top, record.value})].lines;
  const RecordId id = change.before ? change.before->id : change.after->id;
  const auto [place, fresh] = line_places_.try_emplace({change.object, id.value}, lines.size());
  if (fresh) {
    lines.push_back(std::move(change));
  } else {
    lines[place->second].after = std::move(change.after);
  }
}

void Changes::note_part(const Changes& part) {
  touched_.add(part.touched());
  for (const application::Object* object : part.objects()) {
    if (std::find(parts_.begin(), parts_.end(), object) == parts_.end()) parts_.push_back(object);
  }
}

std::vector<const application::Object*> Changes::objects() const {
  std::vector<const application::Object*> objects = parts_;
  for (const Change& change : changes_) objects.push_back(change.object);
  return objects;
}

std::int64_t Changes::next_version(const application::Object& object,
                                   const record::Record& record) const {
  const auto place = places_.find({&object, record.id.value});
  const bool is_raised = place != places_.end() && changes_[place->second].after;
  return is_raised ? record.version : record.version + 1;
}

query::Context as_query(const Context& context) {
  return query::context(context.app, context.actor, context.tx, DateTime{context.clock.now_ms()});
}

query::Context as_system(const Context& context) {
  return query::context(context.app, engine_itself(), context.tx, DateTime{context.clock.now_ms()});
}

}  // namespace tenon::command
