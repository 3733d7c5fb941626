// Two people decide at the same instant, each on a connection and a thread of their own.
//
// TENON_RACES says how often (50).
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <thread>

#include "tests/runtime/api/claims_office.h"

namespace tenon::api::test {
namespace {

int races() {
  const char* text = std::getenv("TENON_RACES");
  return text == nullptr ? 50 : std::atoi(text);
}

struct Decision {
  std::string login;
  std::string task;
  std::string act;
};

// Both at once: each waits for the other at the line.
class Race {
 public:
  Race(const std::string& one, const std::string& other)
      : people_{claims_office().another(one), claims_office().another(other)} {}

  std::pair<Answer, Answer> run(const Decision& one, const Decision& other) {
    std::atomic<int> ready{0};
    std::optional<Answer> answers[2];
    const auto decide = [&](std::size_t place, const Decision& decision) {
      ++ready;
      while (ready < 2) std::this_thread::yield();
      answers[place] = people_[place]->post("/tasks/" + decision.task + "/" + decision.act,
                                            R"({"comment": "raced"})");
    };
    std::thread thread([&] { decide(1, other); });
    decide(0, one);
    thread.join();
    return {std::move(*answers[0]), std::move(*answers[1])};
  }

 private:
  std::unique_ptr<Person> people_[2];
};

// One of them did it; the other is told who.
void check_one_won(const std::pair<Answer, Answer>& answers, const std::string& one,
                   const std::string& other) {
  const bool one_won = answers.first.status == 200;
  const Answer& lost = one_won ? answers.second : answers.first;
  const Answer& won = one_won ? answers.first : answers.second;
  REQUIRE(won.status == 200);
  INFO(lost.body);
  REQUIRE(lost.status == 409);
  const std::string& winner = one_won ? one : other;
  CHECK(lost.text("decided_by/id") == claims_office().who(winner));
  CHECK(lost.text("detail").find(" by The " + winner + " at ") != std::string::npos);
}

// How often the history of a run says this.
int told(const std::string& run, const std::string& what) {
  const auto found = claims_office().person("hal").get("/runs/" + run);
  const auto all = found.each("history", "what");
  return static_cast<int>(std::count(all.begin(), all.end(), what));
}

}  // namespace

TEST_CASE("The same seat is decided once, and the other is told by whom", "[flow][race]") {
  auto& office = claims_office();
  Race race("bob", "bob");
  for (int i = 0; i < races(); ++i) {
    const std::string run = office.begin("single");
    const std::string task = office.task(run, "bob");
    const auto answers = race.run({"bob", task, "approve"}, {"bob", task, "reject"});
    check_one_won(answers, "bob", "bob");
    CHECK(told(run, "finished") == 1);
  }
}

TEST_CASE("Of two seats of which one is enough, the first decides", "[flow][race]") {
  auto& office = claims_office();
  Race race("bob", "cid");
  for (int i = 0; i < races(); ++i) {
    const std::string run = office.begin("either");
    const auto answers = race.run({"bob", office.task(run, "bob"), "approve"},
                                  {"cid", office.task(run, "cid"), "approve"});
    check_one_won(answers, "bob", "cid");
    CHECK(told(run, "finished") == 1);
    CHECK(told(run, "approved") == 1);
  }
}

TEST_CASE("Of the last two seats of all both count, and the run goes on once", "[flow][race]") {
  auto& office = claims_office();
  Race race("bob", "cid");
  for (int i = 0; i < races(); ++i) {
    const std::string run = office.begin("both");
    const auto answers = race.run({"bob", office.task(run, "bob"), "approve"},
                                  {"cid", office.task(run, "cid"), "approve"});
    CHECK(answers.first.status == 200);
    CHECK(answers.second.status == 200);
    CHECK(told(run, "finished") == 1);
    CHECK(told(run, "approved") == 2);
  }
}

}  // namespace tenon::api::test
