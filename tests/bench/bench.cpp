// `tenon bench`: which benches run, and what is told of them.
#include <algorithm>
#include <cstdio>

#include "runtime/cli/commands.h"
#include "tests/bench/suites.h"

namespace tenon::bench {
namespace {

constexpr int kMissed = 1;
constexpr int kUsage = 2;

struct Suite {
  std::string_view name;
  void (*run)(Report& report, const config::Loaded& loaded);
};

constexpr Suite kSuites[] = {{"read", bench_read},     {"check", bench_check},
                             {"create", bench_create}, {"assign", bench_assign},
                             {"flows", bench_flows},   {"list", bench_list},
                             {"start", bench_start},   {"memory", bench_memory}};

bool is_suite(std::string_view name) {
  return std::any_of(std::begin(kSuites), std::end(kSuites),
                     [&](const Suite& suite) { return suite.name == name; });
}

bool is_wanted(const std::vector<std::string>& names, std::string_view name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void Report::add(Figure figure) {
  if (!is_json_) {
    if (figures_.empty()) std::fputs(table_head().c_str(), stdout);
    std::fputs(table_line(figure).c_str(), stdout);
    std::fflush(stdout);
  }
  figures_.push_back(std::move(figure));
}

void Report::finish() const {
  if (!is_json_) return;
  json::Writer writer;
  writer.begin_array();
  for (const Figure& figure : figures_) write(writer, figure);
  writer.end_array();
  std::printf("%s\n", writer.take().c_str());
}

bool Report::ok() const {
  return std::all_of(figures_.begin(), figures_.end(), [](const Figure& one) { return one.ok(); });
}

}  // namespace tenon::bench

namespace tenon::cli {

int bench(const config::Loaded& loaded, const std::vector<std::string>& names, bool json) {
  for (const std::string& name : names) {
    if (bench::is_suite(name)) continue;
    std::fprintf(stderr, "There is no bench \"%s\"; there are", name.c_str());
    for (const auto& suite : bench::kSuites) {
      std::fprintf(stderr, " %s", std::string(suite.name).c_str());
    }
    std::fputs("\n", stderr);
    return bench::kUsage;
  }
  bench::Report report(json);
  for (const auto& suite : bench::kSuites) {
    if (bench::is_wanted(names, suite.name)) suite.run(report, loaded);
  }
  report.finish();
  return report.ok() ? 0 : bench::kMissed;
}

}  // namespace tenon::cli
