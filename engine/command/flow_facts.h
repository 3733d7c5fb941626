// What a step of a run may know of the world, gathered as the system: its record as it is now, what
// its formulas need beyond it, the time, and people where they are asked for. Internal to the room.
#pragma once

#include "engine/calendar/working_time.h"
#include "engine/command/context.h"
#include "engine/flow/facts.h"
#include "engine/flow/run.h"
#include "engine/query/kept_scope.h"

namespace tenon::command {

class FlowFacts {
 public:
  // $user is who started the run.
  FlowFacts(const Context& context, const application::Flow& flow, flow::UserId initiator,
            RecordId record);
  FlowFacts(const FlowFacts&) = delete;
  FlowFacts& operator=(const FlowFacts&) = delete;

  // Reads the record again. Refused where formulas look at too much.
  Result<void> refresh();
  void ask(const flow::PeopleQuestion& question);
  // What people decided in runs that this one called.
  void ask_calls(flow::RunId run);

  flow::Facts& facts() { return facts_; }
  const flow::Facts& facts() const { return facts_; }
  // For decision tables and triggers of the object, too.
  const query::Context& asked() const { return asked_; }

 private:
  Result<void> read_needs(const application::Object& object);
  void read_alone(const application::Object& object);

  const application::Flow& flow_;
  Actor actor_;
  query::Context asked_;
  std::optional<query::KeptScope> kept_;
  std::optional<calendar::WorkingCalendar> working_;
  flow::Directory people_;
  flow::Facts facts_;
};

// Slots of an object that hold one value.
std::vector<int> value_slots(const application::Object& object);

}  // namespace tenon::command
