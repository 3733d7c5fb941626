// Publish: a bundle becomes the running application, in one transaction.
//
// load → compare with the running version → DDL plan → DDL, version row, event. What a plan says is
// what a publish does: both go through plan_publish(). The new snapshot is returned; the runtime
// swaps it in after COMMIT. Removing a field or object that holds data must be confirmed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/application/version_table.h"
#include "engine/command/context.h"
#include "engine/metadata/compare.h"

namespace tenon::command {

// Runs that are not over and stay on an earlier version of a flow than the bundle has.
struct StayingRuns {
  std::string flow;  // Its id.
  std::int64_t version = 0;
  int runs = 0;
};

struct Plan {
  std::vector<metadata::Change> changes;  // Against the running version.
  std::vector<std::string> steps;         // What it does to the tables, in words.
  std::vector<Problem> warnings;          // Doubtful in decision tables: at file and path.
  bool loses_data = false;
  std::vector<StayingRuns> runs;

  bool empty() const { return changes.empty() && steps.empty(); }
};

// The files replace the bundle of that name; other bundles stay. All problems at file and path.
Result<Plan> plan_publish(storage::Transaction& tx, const application::Application& running,
                          const metadata::Files& files);

// `conflict` where data would be lost and nobody said that it may.
Result<void> check_confirmed(const Plan& plan, bool confirmed);

struct Published {
  std::shared_ptr<const application::Application> application;
  Plan plan;
};

Result<Published> publish(Context& context, const metadata::Files& files, bool confirmed);

// At start: the newest version over the system bundle as this program brings it, tables brought up
// to it. A stored version that no longer loads is a Fault.
std::shared_ptr<const application::Application> open_application(storage::Transaction& tx);

}  // namespace tenon::command
