// A page of 50 out of a million: in-process on one thread, then over HTTP.
#include <algorithm>

#include "runtime/api/page_json.h"
#include "tests/bench/raw_list.h"
#include "tests/bench/served.h"
#include "tests/bench/stage.h"
#include "tests/bench/turns.h"

namespace tenon::bench {
namespace {

constexpr std::int64_t kItems = 1'000'000;
constexpr std::chrono::milliseconds kTime{200};
constexpr std::chrono::milliseconds kWarmUp{50};
constexpr double kTarget = 0.5;

LoadResult repeated(const std::function<std::string()>& page) {
  using Clock = std::chrono::steady_clock;
  LoadResult result;
  std::vector<double> times_ms;
  const auto counted_from = Clock::now() + kWarmUp;
  auto now = Clock::now();
  while (now < counted_from + kTime) {
    const auto since = now;
    if (page().empty()) throw Fault("an empty page");
    now = Clock::now();
    if (since < counted_from) continue;
    ++result.replies;
    times_ms.push_back(std::chrono::duration<double, std::milli>(now - since).count());
  }
  result.seconds = std::chrono::duration<double>(now - counted_from).count();
  std::sort(times_ms.begin(), times_ms.end());
  result.p50_ms = times_ms[times_ms.size() / 2];
  result.p99_ms = times_ms[times_ms.size() * 99 / 100];
  return result;
}

std::string product_page(Stage& stage, const query::ListRecords& query) {
  std::string text;
  const auto app = stage.host().application();
  stage.host().read([&](storage::Transaction& tx) {
    const DateTime now{stage.host().clock().now_ms()};
    const auto page = query::list(query::context(*app, stage.actor(), tx, now), query);
    if (page) text = api::page_json(*page, false);
  });
  return text;
}

void bench_over_http(Report& report, Stage& stage) {
  const std::string target = page_target();
  SameReply bare_reply(stage.answer(http::Method::get, target, ""));
  const Served product(stage.api());
  const Served bare(bare_reply);
  for (const int connections : kConnections) {
    Load load;
    load.connections = connections;
    load.warm_up = kWarmUp;
    load.time = kTime;
    load.request = [request = stage.get(target)](std::uint64_t) { return request; };
    const auto run_on = [&](const Served& served) {
      load.port = served.port();
      return run(load);
    };
    const auto turns = take_turns(
        kTurns, [&] { return run_on(product); }, [&] { return run_on(bare); });
    add_figures(report, "list.http." + std::to_string(connections), turns, std::nullopt);
  }
}

}  // namespace

void bench_list(Report& report, const config::Loaded&) {
  Stage stage(kItems);
  const query::ListRecords query = page_query();
  RawList raw(stage.database(), stage.actor().user);
  const std::string page = product_page(stage, query);
  if (page != raw.page()) throw Fault("the pages differ:\n" + page + "\n" + raw.page());
  const auto turns = take_turns(
      kTurns, [&] { return repeated([&] { return product_page(stage, query); }); },
      [&] { return repeated([&] { return raw.page(); }); });
  add_figures(report, "list", turns, kTarget);
  bench_over_http(report, stage);
}

}  // namespace tenon::bench
