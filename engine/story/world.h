// Where a story happens: a database, a virtual clock, and everything that falls due on it.
//
// One thread; commands commit one by one. What is due is carried out as the clock goes, each job at
// its own time. Effects outside the database are taken as done: nothing leaves a story.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/command/context.h"
#include "engine/job/job.h"

namespace tenon::story {

class World {
 public:
  World(std::string path, std::int64_t now_ms);

  const application::Application& app() const { return *app_; }
  std::int64_t now_ms() const { return clock_.now_ms(); }

  // Whole or not at all, with its events.
  Result<void> write(const Actor& actor,
                     const std::function<Result<void>(command::Context&)>& work);
  // The bundle with these files, from here on.
  Result<void> publish(const Actor& actor, const metadata::Files& files);
  void read(const Actor& actor, const std::function<void(const query::Context&)>& question);

  // What is due now; as the process would at once.
  void settle() { carry_out_due(); }
  // Forward, stopping at each time at which something falls due.
  void advance_to(std::int64_t ms);
  // As after a crash of the process, at this time: what was committed is there.
  void restart(std::int64_t at_ms);

  // But for notices, which have lines of their own.
  std::vector<event::Event> events_after(std::int64_t seq);
  std::int64_t last_event();
  // What is still to be carried out: "flow_timer 2027-03-01T09:00:00Z", by time.
  std::vector<std::string> waiting_jobs();

  // How often each rule with a condition decided: (object, rule) → count, restarts included.
  std::map<std::pair<std::string, std::string>, std::uint64_t> rule_counts() const;
  // How often runs took each way out of a node: (flow, "node.way") → count, restarts included.
  std::map<std::pair<std::string, std::string>, std::uint64_t> way_counts() const;

 private:
  void open();
  void carry_out_due();
  bool carry_out_one(command::Context& context);

  std::string path_;
  VirtualClock clock_;
  std::unique_ptr<IdSource> ids_;
  std::unique_ptr<storage::Database> database_;
  std::shared_ptr<const application::Application> app_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> counted_;  // Before a restart.
  std::map<std::pair<std::string, std::string>, std::uint64_t> counted_ways_;
};

}  // namespace tenon::story
