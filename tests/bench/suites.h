// The benches by name, and where they tell their figures.
//
// What is measured and what it is compared with run in turns, some seconds in all, so that both
// meet the same machine. Every baseline is the least that could do the same work on it.
#pragma once

#include <string>
#include <vector>

#include "runtime/config/config.h"
#include "tests/bench/figure.h"

namespace tenon::bench {

class Report {
 public:
  explicit Report(bool json) : is_json_(json) {}

  void add(Figure figure);  // For people told at once.
  void finish() const;      // The array, for programs.
  bool ok() const;

 private:
  bool is_json_;
  std::vector<Figure> figures_;
};

// Reading one record over HTTP, against the same bytes from the bare server.
void bench_read(Report& report, const config::Loaded& loaded);
// Judging a draft over HTTP without storing it, against the same bytes from the bare server.
void bench_check(Report& report, const config::Loaded& loaded);
// Creating a record that a table of 200 rows assigns, against one whose owner is given; and what
// that costs the writer.
void bench_assign(Report& report, const config::Loaded& loaded);
// Creating a record over HTTP, against the same rows inserted by hand.
void bench_create(Report& report, const config::Loaded& loaded);
// Runs of one task over HTTP, what they cost the writer, and many timers at once.
void bench_flows(Report& report, const config::Loaded& loaded);
// A page of 50 out of a million in-process, against a statement by hand; and over HTTP.
void bench_list(Report& report, const config::Loaded& loaded);
// The first reply after exec, and the memory after an idle minute, with the sample data.
void bench_start(Report& report, const config::Loaded& loaded);
void bench_memory(Report& report, const config::Loaded& loaded);

}  // namespace tenon::bench
