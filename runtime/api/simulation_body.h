// The body of POST /flows/{flow}/simulate.
#pragma once

#include <memory>
#include <optional>

#include "engine/command/simulate_flow.h"
#include "runtime/api/call.h"

namespace tenon::api {

struct SimulationBody {
  std::shared_ptr<const json::Document> document;
  std::optional<RecordId> record;   // Nothing: one is made of "values".
  std::optional<flow::UserId> who;  // Nothing: who asks.
  std::optional<DateTime> at;
  std::map<std::string, std::vector<flow::UserId>> chosen;
  std::string comment;
  std::vector<command::ScriptedAct> script;
  bool others_wait = false;
  bool has_variables = false;
  std::string definition;  // Of a draft, as JSON; "": as published.
  std::string story;       // What to call it as a story; "": it becomes none.
};

Result<SimulationBody> simulation_body(const Call& call);

}  // namespace tenon::api
