// Reading and creating over HTTP, at 1, 8 and 32 connections.
#include <thread>

#include "engine/json/document.h"
#include "tests/bench/raw_insert.h"
#include "tests/bench/served.h"
#include "tests/bench/stage.h"
#include "tests/bench/turns.h"

namespace tenon::bench {
namespace {

constexpr std::int64_t kItems = 20'000;
constexpr std::chrono::milliseconds kTime{300};
constexpr std::chrono::milliseconds kTimeOnDisk{700};
constexpr std::chrono::milliseconds kWarmUp{60};
constexpr std::chrono::milliseconds kRest{600};  // Until the product's checkpointer has come round.
constexpr double kReadTarget = 0.4;
constexpr double kCreateTarget = 0.35;

const std::string kItemsTarget = "/api/v1/records/item";

Load load_of(int port, int connections, std::function<std::string(std::uint64_t)> request) {
  Load load;
  load.port = port;
  load.connections = connections;
  load.warm_up = kWarmUp;
  load.time = kTime;
  load.request = std::move(request);
  return load;
}

std::optional<double> target_at(int connections, double target) {
  return connections == kConnectionsOfTargets ? std::optional(target) : std::nullopt;
}

}  // namespace

void bench_read(Report& report, const config::Loaded&) {
  Stage stage(kItems);
  const auto request = [&](std::uint64_t number) {
    return stage.get(kItemsTarget + "/" + stage.own_item(number));
  };
  SameReply bare_reply(stage.answer(http::Method::get, kItemsTarget + "/" + stage.own_item(0), ""));
  const Served product(stage.api());
  const Served bare(bare_reply);
  for (const int connections : kConnections) {
    const auto turns = take_turns(
        kTurns, [&] { return run(load_of(product.port(), connections, request)); },
        [&] { return run(load_of(bare.port(), connections, request)); });
    add_figures(report, "read." + std::to_string(connections), turns,
                target_at(connections, kReadTarget));
  }
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
        [&] {
          Load load = load_of(product.port(), connections, request);
          load.time = kTimeOnDisk;
          return run(load);
        },
        [&] {
          std::this_thread::sleep_for(kRest);
          return raw.run(connections, kTimeOnDisk);
        });
    add_figures(report, "create." + std::to_string(connections), turns,
                target_at(connections, kCreateTarget));
  }
}

}  // namespace tenon::bench
