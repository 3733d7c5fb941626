// What a run wants of the world: requests, whose answer it needs to go on, and effects.
//
// engine/command carries them out within the transaction of the step: a request at once, then it
// steps with Answered; effects when the run rests. Nothing here reaches outside the database.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/error.h"
#include "engine/flow/people.h"
#include "engine/metadata/flow.h"
#include "engine/value/value.h"

namespace tenon::flow {

using NamedValue = std::pair<std::string, Value>;

// Through the one command path, as Program::settings.run_as says. Answer: the record.
struct WriteRecord {
  metadata::RecordVerb verb;  // Not query.
  std::string object;         // Ids.
  RecordId record;            // 0 of create.
  std::vector<NamedValue> set;
  friend bool operator==(const WriteRecord&, const WriteRecord&) = default;
};

// The first record, by id, whose fields equal all of these. Answer: it, or none.
struct FindRecord {
  std::string object;
  std::vector<NamedValue> match;
  friend bool operator==(const FindRecord&, const FindRecord&) = default;
};

// A decision table over the run's record. Answer: values by the outputs' names.
struct DecideTable {
  std::string table;
  friend bool operator==(const DecideTable&, const DecideTable&) = default;
};

// A PeopleQuestion is answered by Facts::people.
using Request = std::variant<WriteRecord, FindRecord, DecideTable, PeopleQuestion>;

struct Answer {
  std::optional<Error> error;  // It was refused: an incident.
  RecordId record;
  std::vector<NamedValue> values;
};

enum class Notice {
  task,       // A seat is yours.
  reminder,   // It is due, or somebody urges.
  escalated,  // Somebody else's is overdue.
  returned,   // To the initiator: it came back.
  cancelled,  // A seat is no longer yours: an unsent notice of it is not sent.
  copied,     // For your information; grants reading this run's record.
  message,    // A notify node.
  incident,   // To the flow's admins.
  finished,   // To the initiator.
};

struct Notify {
  Notice notice;
  std::vector<UserId> to;  // Empty of incident: the flow's admins.
  int node = -1;
  int seat = -1;
  friend bool operator==(const Notify&, const Notify&) = default;
};

// A run of its own; step the caller with Ended when it has finished.
struct StartFlow {
  int token;
  std::string flow;
  RecordId record;
  std::vector<NamedValue> variables;
  friend bool operator==(const StartFlow&, const StartFlow&) = default;
};

// Void the run that this token started.
struct StopFlow {
  int token;
  friend bool operator==(const StopFlow&, const StopFlow&) = default;
};

using Effect = std::variant<Notify, StartFlow, StopFlow>;

}  // namespace tenon::flow
