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
  if (looked_up_ != nullptr && query::is_looked_up(object)) looked_up_->forget();
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

const std::shared_ptr<query::LookedUp>& Changes::looked_up(const application::Application& app,
                                                           storage::Transaction& tx) {
  if (looked_up_ == nullptr) looked_up_ = std::make_shared<query::LookedUp>(app, tx);
  return looked_up_;
}

std::shared_ptr<const query::LookedUp> looked_up(const Context& context) {
  return context.changes.looked_up(context.app, context.tx);
}

namespace {

query::Context asked_by(const Actor& actor, const Context& context) {
  auto asked = query::context(context.app, actor, context.tx, DateTime{context.clock.now_ms()});
  asked.looked_up = looked_up(context);
  return asked;
}

}  // namespace

query::Context as_query(const Context& context) { return asked_by(context.actor, context); }

query::Context as_system(const Context& context) { return asked_by(engine_itself(), context); }

}  // namespace tenon::command
