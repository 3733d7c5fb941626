// What it costs to find who gets a new record, inside the transaction that creates it.
#include <algorithm>
#include <future>

#include "engine/command/create_record.h"
#include "engine/json/document.h"
#include "tests/bench/routing.h"
#include "tests/bench/served.h"
#include "tests/bench/stage.h"
#include "tests/bench/turns.h"

namespace tenon::bench {
namespace {

constexpr std::int64_t kItems = 1'000;
constexpr double kTarget = 0.7;
constexpr int kPairs = 3'000;
constexpr int kPairsUnmeasured = 300;

const std::string kRequestsTarget = "/api/v1/records/request";

double us_between(std::chrono::steady_clock::time_point from,
                  std::chrono::steady_clock::time_point to) {
  return std::chrono::duration<double, std::micro>(to - from).count();
}

// How long the command takes of the writer, without what it shares with its group.
double create_us(command::Context& context, const std::string& body) {
  const application::Object& object = *context.app.find("request");
  const auto document = json::Document::parse(body);
  auto input =
      command::parse_input(document->root(), object, context.app.rights(context.actor)).take();
  const auto begun = std::chrono::steady_clock::now();
  const auto reply = command::create_record(context, {&object, std::move(input)});
  const auto ended = std::chrono::steady_clock::now();
  if (!reply) throw Fault("a request was refused: " + describe(reply.error()));
  return us_between(begun, ended);
}

double create_us(Stage& stage, const std::string& body) {
  double us = 0;
  std::promise<void> durable;
  auto write = std::make_shared<api::Write>();
  write->actor = stage.actor();
  write->run = [&](command::Context& context) -> Result<void> {
    us = create_us(context, body);
    return done();
  };
  write->done = [&](const Result<void>&) { durable.set_value(); };
  stage.host().write(std::move(write));
  durable.get_future().wait();
  return us;
}

Figure cost(std::string name, const std::vector<double>& sorted_us, double part) {
  const auto place = static_cast<std::size_t>(static_cast<double>(sorted_us.size() - 1) * part);
  return {.name = std::move(name), .value = sorted_us[place], .unit = "us"};
}

// One with and one without, right after the other: the difference is the assignment.
void add_cost(Report& report, Stage& stage) {
  std::vector<double> costs_us;
  for (int pair = -kPairsUnmeasured; pair < kPairs; ++pair) {
    const auto number = static_cast<std::uint64_t>(pair + kPairsUnmeasured);
    const double without_us = create_us(stage, request_json(number, stage.person(number)));
    const double with_us = create_us(stage, request_json(number, ""));
    if (pair >= 0) costs_us.push_back(with_us - without_us);
  }
  std::sort(costs_us.begin(), costs_us.end());
  report.add(cost("assign.cost.p50", costs_us, 0.5));
  report.add(cost("assign.cost.p99", costs_us, 0.99));
}

}  // namespace

void bench_assign(Report& report, const config::Loaded&) {
  Stage stage(kItems);
  std::uint64_t made = 0;
  const auto assigned = [&](std::uint64_t) {
    return stage.post(kRequestsTarget, request_json(++made, ""));
  };
  // To everybody in turn, as the table does: the index by owner meets as many places either way.
  const auto given = [&](std::uint64_t) {
    ++made;
    return stage.post(kRequestsTarget, request_json(made, stage.person(made)));
  };
  add_cost(report, stage);
  const Served product(stage.api());
  const auto run_with = [&](const std::function<std::string(std::uint64_t)>& request) {
    return run(load_of(product.port(), kConnectionsOfTargets, kTimeOnDisk, request));
  };
  const auto turns = take_turns(
      kTurnsOnDisk, [&] { return run_with(assigned); }, [&] { return run_with(given); });
  add_figures(report, "assign." + std::to_string(kConnectionsOfTargets), turns, kTarget);
}

}  // namespace tenon::bench
