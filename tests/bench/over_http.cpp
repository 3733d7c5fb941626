// Reading, checking and creating over HTTP, at 1, 8 and 32 connections.
#include <thread>

#include "engine/json/document.h"
#include "tests/bench/raw_insert.h"
#include "tests/bench/served.h"
#include "tests/bench/stage.h"
#include "tests/bench/turns.h"

namespace tenon::bench {
namespace {

constexpr std::int64_t kItems = 20'000;
constexpr std::chrono::milliseconds kRest{600};  // Until the product's checkpointer has come round.
constexpr double kReadTarget = 0.4;
constexpr double kCheckTarget = 0.3;
constexpr double kCreateTarget = 0.35;

const std::string kItemsTarget = "/api/v1/records/item";

std::optional<double> target_at(int connections, double target) {
  return connections == kConnectionsOfTargets ? std::optional(target) : std::nullopt;
}

// The product's replies against the bare server's of the same bytes, to the same requests.
void compare_with_bare(Report& report, const std::string& name, double target, Stage& stage,
                       SameReply& bare_reply,
                       const std::function<std::string(std::uint64_t)>& request) {
  const Served product(stage.api());
  const Served bare(bare_reply);
  for (const int connections : kConnections) {
    const auto turns = take_turns(
        kTurns, [&] { return run(load_of(product.port(), connections, kTime, request)); },
        [&] { return run(load_of(bare.port(), connections, kTime, request)); });
    add_figures(report, name + "." + std::to_string(connections), turns,
                target_at(connections, target));
  }
}

}  // namespace

void bench_read(Report& report, const config::Loaded&) {
  Stage stage(kItems);
  SameReply bare_reply(stage.answer(http::Method::get, kItemsTarget + "/" + stage.own_item(0), ""));
  compare_with_bare(report, "read", kReadTarget, stage, bare_reply, [&](std::uint64_t number) {
    return stage.get(kItemsTarget + "/" + stage.own_item(number));
  });
}

void bench_check(Report& report, const config::Loaded&) {
  Stage stage(kItems);
  const std::string target = kItemsTarget + "/check";
  const auto body = [&](std::uint64_t number) {
    return R"({"fields":)" + item_json(stage, number) + "}";
  };
  SameReply bare_reply(stage.answer(http::Method::post, target, body(0)));
  compare_with_bare(report, "check", kCheckTarget, stage, bare_reply,
                    [&](std::uint64_t number) { return stage.post(target, body(number)); });
}

void bench_create(Report& report, const config::Loaded&) {
  Stage stage(kItems);
  std::uint64_t made = 0;
  const auto response = stage.answer(http::Method::post, kItemsTarget, item_json(stage, made));
  const auto record = json::Document::parse(response.body);
  const RecordId id{*parse_id_text(*record->root().member("id")->text())};
  const std::string copy = stage.file("raw.db");
  RawDatabase(stage.database(), 1024).script("VACUUM INTO '" + copy + "'");
  RawInsert raw(copy, id, item_code(made));
  const auto request = [&](std::uint64_t) {
    return stage.post(kItemsTarget, item_json(stage, ++made));
  };
  const Served product(stage.api());
  for (const int connections : kConnections) {
    const auto turns = take_turns(
        kTurnsOnDisk,
        [&] { return run(load_of(product.port(), connections, kTimeOnDisk, request)); },
        [&] {
          std::this_thread::sleep_for(kRest);
          return raw.run(connections, kTimeOnDisk);
        });
    add_figures(report, "create." + std::to_string(connections), turns,
                target_at(connections, kCreateTarget));
  }
}

}  // namespace tenon::bench
