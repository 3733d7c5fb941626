// People of the claims who start, decide, send back, hand over, leave, and admins who step in: one
// random act after the other, as a seed says.
#pragma once

#include <map>
#include <set>

#include "tests/simulation/flows/chance.h"
#include "tests/simulation/flows/stays.h"
#include "tests/support/claims.h"

namespace tenon::simulation {

class Town : public support::Claims {
 public:
  explicit Town(Chance& chance);

  // Some act of somebody; many are refused, and then nothing has changed.
  void step();
  void start_one();
  // Another version of all flows; what runs stays on its own.
  void publish_others();
  // Everybody does what they are asked, admins the rest, until nothing runs.
  void wind_up();
  // Time passes, and what is due is done; or `jobs_max` of it.
  void pass_time(std::int64_t ms, int jobs_max);

  // What is wrong with the tables, or was found on the way; with the time that runs stood.
  std::vector<std::string> faults();
  std::vector<std::string> miscounted();
  int started() const { return started_; }
  int carried_out() const { return carried_out_; }
  int migrated() const { return migrated_; }
  std::map<std::string, int> results();

 private:
  struct Doing {
    std::string login;
    flow::Event event;
  };

  std::vector<flow::RunId> under_way();
  void act_on(flow::RunId id);
  void do_it(const Doing& doing);
  bool is_here(const std::string& login) const { return !away_.contains(login); }
  flow::UserId anybody();
  std::string keeper_of(const flow::Run& found, int seat);
  std::string node_of(const flow::Run& found);
  Doing decision(const flow::Run& found);
  Doing routing(const flow::Run& found);
  Doing administration(const flow::Run& found);
  int some_seat(const flow::Run& found);
  void come_and_go();
  void cut_off(flow::RunId id);
  void migrate(flow::RunId id);
  void keep_event();
  void do_jobs(int jobs_max);
  void finish(flow::RunId id);
  std::string fingerprint();
  void note(const std::string& outcome);

  Chance& chance_;
  Stays stays_;
  std::set<std::string> away_;
  std::vector<std::string> faults_;
  int started_ = 0;
  int carried_out_ = 0;
  int migrated_ = 0;
};

}  // namespace tenon::simulation
