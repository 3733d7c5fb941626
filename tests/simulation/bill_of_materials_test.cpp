// A bill of materials of four levels and 2,000 lines: totals, edits, and how many reads they take.
#include <catch2/catch.hpp>
#include <chrono>

#include "engine/query/lines.h"
#include "tests/support/example.h"

namespace tenon {
namespace {

using support::RunningApplication;

constexpr int kLevels[] = {10, 50, 400, 1540};

// A part at a level: its number among those of the level says what it costs and where it hangs.
struct Part {
  int level;
  int number;

  int quantity() const { return 1 + number % 3; }
  std::int64_t price_cents() const { return 25 + (number * 37 + level * 11) % 900; }

  std::vector<Part> parts() const {
    std::vector<Part> below;
    if (level == 3) return below;
    for (int n = number; n < kLevels[level + 1]; n += kLevels[level]) {
      below.push_back({level + 1, n});
    }
    return below;
  }

  std::int64_t cost_cents() const {
    std::int64_t cost = price_cents();
    for (const Part& part : parts()) cost += part.cost_cents();
    return quantity() * cost;
  }

  std::string json() const {
    std::string text = R"({"name": "p)" + std::to_string(level) + "-" + std::to_string(number) +
                       R"(", "quantity": ")" + std::to_string(quantity()) +
                       R"(", "unit_price": ")" + Decimal::of_scaled(price_cents(), 2).text(2) +
                       R"(", "unit_weight": "0.1")";
    std::string below;
    for (const Part& part : parts()) below += (below.empty() ? "" : ",") + part.json();
    return below.empty() ? text + "}" : text + R"(, "parts": [)" + below + "]}";
  }
};

struct Whole {
  std::string json;
  std::int64_t cost_cents = 0;
};

Whole whole() {
  Whole made;
  for (int number = 0; number < kLevels[0]; ++number) {
    const Part part{0, number};
    made.json += (made.json.empty() ? "" : ",") + part.json();
    made.cost_cents += part.cost_cents();
  }
  made.json = R"({"name": "machine", "overhead": "0.1", "parts": [)" + made.json + "]}";
  return made;
}

std::string money(std::int64_t cents) { return "\"" + Decimal::of_scaled(cents, 2).text(2) + "\""; }

template <class Work>
double milliseconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

}  // namespace

TEST_CASE("a bill of materials of 2,000 parts has the totals of a count by hand", "[simulation]") {
  RunningApplication running(support::example("bill_of_materials"));
  const Whole machine = whole();
  RecordId id;
  const double made = milliseconds([&] { id = running.made("assembly", machine.json); });

  CHECK(running.value("assembly", id, "part_count") == "\"2000\"");
  CHECK(running.value("assembly", id, "material") == money(machine.cost_cents));
  CHECK(running.value("assembly", id, "total") ==
        "\"" +
            multiply(Decimal::of_scaled(machine.cost_cents, 2), *Decimal::parse("1.1"))->text(2) +
            "\"");

  // The deepest part of the first branch becomes a hundred cents dearer.
  query::LineSet top;
  running.ask(support::the_system(), [&](const query::Context& context) {
    top = query::lines_of(context, running.object("assembly"), id).at(0);
  });
  const query::LineSet* level = &top;
  std::string path;
  std::string close;
  std::int64_t times = 1;
  Part part{0, 0};
  for (int depth = 0; depth < 4; ++depth) {
    path += R"("parts": {"put": [{"id": ")" + text_of(level->rows[0].id) + "\", ";
    close += "}]}";
    times *= part.quantity();
    if (depth == 3) break;
    level = &level->rows[0].lines[0];
    part = part.parts()[0];
  }
  const std::string price = Decimal::of_scaled(part.price_cents() + 100, 2).text(2);
  const double edited = milliseconds([&] {
    REQUIRE(running.update("assembly", id,
                           "{" + path + R"("unit_price": ")" + price + "\"" + close + "}"));
  });
  CHECK(running.value("assembly", id, "material") == money(machine.cost_cents + times * 100));
  CHECK(running.value("assembly", id, "version") == "2");
  // Only the parts on the way up are written: they alone are told in the event.
  const std::string body = running.events_of(id)[1].body;
  std::size_t told = 0;
  for (std::size_t at = 0; (at = body.find("\"kind\"", at)) != std::string::npos; ++at) ++told;
  CHECK(told == 4);

  WARN("2,000 parts: made in " << made << " ms, one edited in " << edited << " ms");
}

TEST_CASE("an edit of one of many lines takes no more reads than one of few", "[simulation]") {
  RunningApplication running(support::example("bill_of_materials"));
  const auto with = [](int count) {
    std::string lines;
    for (int i = 0; i < count; ++i) {
      lines += (i == 0 ? "" : ",") + std::string(R"({"name": "p", "unit_price": "1"})");
    }
    return R"({"name": "a", "parts": [)" + lines + "]}";
  };
  const auto timed = [&](int count) {
    const auto id = running.made("assembly", with(count));
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
      best =
          std::min(best, milliseconds([&] {
                     REQUIRE(running.update(
                         "assembly", id, R"({"overhead": "0.0)" + std::to_string(i + 1) + "\"}"));
                   }));
    }
    return best;
  };
  const double few = timed(20);
  const double many = timed(2000);
  WARN("an edit of the record with 20 lines " << few << " ms, with 2,000 " << many << " ms");
  // A read of its own for each line would be far beyond this, whatever the machine.
  CHECK(many < few + 400);
}

}  // namespace tenon
