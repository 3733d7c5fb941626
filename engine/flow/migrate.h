// Moves a run to another version of its flow: all of it, or nothing, and why it cannot. Pure.
//
// What lives keeps its place: tokens stand on the node of the same id, or of the one that `nodes`
// names instead; open seats stay with their people; a time is made anew where its definition
// differs, counted from when it began, else it is kept. What is over keeps what it was, also where
// its node is gone (Run::gone). Votes are counted again by the new rules. Other versions than the
// newest may be asked for, too. Who writes what it comes to: engine/command/migrate_run.h.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/flow/step.h"

namespace tenon::flow {

// One version of a flow: its program, and the definition that it was compiled from.
struct Edition {
  const Program& program;
  const metadata::Flow& definition;
  std::int64_t version = 0;
};

struct Migration {
  By by;
  std::map<std::string, std::string> nodes;  // Ids, old to new; not named: the same id.
  std::vector<std::int64_t> since_ms;        // By token: when it came to where it is.
};

struct MigrationReport {
  struct Move {
    int token = 0;
    int from = 0;  // Place in the version it leaves;
    int to = 0;    // in the one it comes to.
  };
  std::vector<Problem> problems;  // At "nodes/finance", "variables/limit". None: it can.
  std::vector<Move> moves;        // Live tokens that come to a node of another id.
  int seats_kept = 0;
  int times_kept = 0;
  int times_renewed = 0;
  std::vector<std::string> variables_added;
  std::vector<std::string> variables_dropped;
  bool decides = false;  // Votes are over by the new rules: a node is left at once.
};

struct Migrated {
  Outcome outcome;  // As of step(): a request is answered there. Of a run that cannot: as it was.
  MigrationReport report;
};

// Refused where the mapping names what there is not (`invalid`), or the run is over (`conflict`).
Result<Migrated> migrate(const Edition& from, const Edition& to, Run run, const Migration& how,
                         const Facts& facts);

}  // namespace tenon::flow
