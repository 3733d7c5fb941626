// What comes with a decision, over HTTP: its files, and what its form changed.
#include <catch2/catch.hpp>

#include "tests/runtime/api/claims_office.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

// The last line of a run's history that says this, as somebody reads it.
std::string line_of(const Answer& run, const std::string& what) {
  for (std::size_t i = run.size("history"); i-- > 0;) {
    const std::string line = "history/" + std::to_string(i);
    if (run.text(line + "/what") == what) return line;
  }
  return "none";
}

std::string with_files(const Texts& files) {
  std::string ids;
  for (const std::string& file : files) ids += (ids.empty() ? "\"" : ", \"") + file + "\"";
  return R"({"comment": "see there", "attachments": [)" + ids + "]}";
}

}  // namespace

TEST_CASE("Files come with a decision, for whoever may know the run", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("single");
  auto& bob = office.person("bob");
  const std::string bill = bob.upload("the bill", "账单.pdf").text("id");
  const std::string ticket = bob.upload("the ticket", "ticket.pdf").text("id");
  CHECK(office.person("ann").get("/files/" + bill).status == 404);

  const auto approved =
      office.act("bob", office.task(run, "bob"), "approve", with_files({bill, ticket}));
  REQUIRE(approved.status == 200);
  const auto read = office.person("ann").get("/runs/" + run);
  const std::string line = line_of(read, "approved");
  CHECK(read.text(line + "/comment") == "see there");
  CHECK(read.each(line + "/attachments", "name") == Texts{"账单.pdf", "ticket.pdf"});
  CHECK(read.each(line + "/attachments", "size") == Texts{"8", "10"});
  CHECK(read.text(line + "/changes") == "[]");
  CHECK(office.person("ann").get("/files/" + bill).body == "the bill");
  CHECK(office.person("cid").get("/files/" + ticket).status == 200);  // Reads the claim.
  CHECK(office.person("gus").get("/files/" + ticket).status == 404);
}

TEST_CASE("A comment, a return and a reject bring files as well; a file alone is a comment",
          "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("both");
  auto& ann = office.person("ann");
  auto& bob = office.person("bob");
  const std::string photo = ann.upload("pixels", "photo.png").text("id");
  CHECK(ann.post("/runs/" + run + "/comment", R"({"attachments": []})").status == 422);
  const auto said = ann.post("/runs/" + run + "/comment", R"({"attachments": [")" + photo + "\"]}");
  REQUIRE(said.status == 200);
  CHECK(said.text(line_of(said, "commented") + "/attachments/0/name") == "photo.png");
  // What one may fetch from a run one may pass on.
  const auto returned =
      office.act("bob", office.task(run, "bob"), "return",
                 R"({"node": "$start", "comment": "why?", "attachments": [")" + photo + "\"]}");
  REQUIRE(returned.status == 200);
  CHECK(returned.size("run/" + line_of(bob.get("/runs/" + run), "returned") + "/attachments") == 1);

  const std::string other = office.begin("single");
  const std::string proof = bob.upload("proof", "proof.txt").text("id");
  const auto rejected = office.act("bob", office.task(other, "bob"), "reject", with_files({proof}));
  REQUIRE(rejected.status == 200);
  CHECK(rejected.size("run/" + line_of(bob.get("/runs/" + other), "rejected") + "/attachments") ==
        1);
}

TEST_CASE("Files that may not come with a decision are named, and nothing is decided", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("single");
  const std::string task = office.task(run, "bob");
  auto& bob = office.person("bob");
  const std::string own = bob.upload("own", "own.txt").text("id");
  const std::string private_file = office.person("ann").upload("hers", "hers.txt").text("id");
  const auto refused = [&](const std::string& body) {
    const auto answer = office.act("bob", task, "approve", body);
    return std::pair(answer.status, answer.problems());
  };
  const auto is = [](int status, Texts texts) { return std::pair(status, std::move(texts)); };
  CHECK(refused(with_files({own, private_file})) == is(422, {"attachments/1: reference"}));
  CHECK(refused(with_files({own, own})) == is(422, {"attachments/1: duplicate"}));
  CHECK(refused(R"({"attachments": ["?"]})") == is(422, {"attachments/0: reference"}));
  CHECK(refused(R"({"attachments": "0HB"})") == is(422, {"attachments: type"}));

  Texts many;
  for (int i = 0; i < 21; ++i) many.push_back(bob.upload("x", "x.txt").text("id"));
  CHECK(refused(with_files(many)).second == Texts{"attachments: attachments"});
  CHECK(bob.get("/tasks/" + task).text("state") == "open");
  many.pop_back();
  const auto approved = office.act("bob", task, "approve", with_files(many));
  REQUIRE(approved.status == 200);
  CHECK(approved.size("run/" + line_of(bob.get("/runs/" + run), "approved") + "/attachments") ==
        20);
}

TEST_CASE("The history says what a decision's form changed, to each what they may read", "[flow]") {
  ClaimsOffice office;  // Of its own: it publishes.
  office.publish("terms", "only",
                 ClaimsOffice::asks("only", R"("eve")",
                                    R"("fields": {"granted": "write", "secret": "write"})"));
  const std::string run = office.begin("terms");
  const std::string task = office.task(run, "eve");
  const auto approved = office.act(
      "eve", task, "approve",
      R"({"form": {"granted": "80", "secret": "y"}, "version": 1, "request_id": "once"})");
  REQUIRE(approved.status == 200);
  const auto as = [&](const std::string& login) {
    const auto read = office.person(login).get("/runs/" + run);
    return read.text(line_of(read, "approved") + "/changes");
  };
  const std::string granted = R"({"field":"granted","old":null,"new":"80.00"})";
  const std::string secret = R"({"field":"secret","old":"x","new":"y"})";
  CHECK(as("ann") == "[" + granted + "," + secret + "]");
  CHECK(as("bob") == "[" + granted + "]");
  CHECK(as("eve") == "[" + granted + "," + secret + "]");  // Her task gave it to her.

  // The same again is answered as before; nothing else is said of it.
  const auto again = office.act(
      "eve", task, "approve",
      R"({"form": {"granted": "90", "secret": "z"}, "version": 1, "request_id": "once"})");
  CHECK(again.status == 200);
  CHECK(as("ann") == "[" + granted + "," + secret + "]");
}

TEST_CASE("A form that is sent along and changes nothing is no change", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("sign");
  const auto approved =
      office.act("bob", office.task(run, "bob"), "approve", R"({"form": {}, "version": 1})");
  REQUIRE(approved.status == 200);
  CHECK(approved.text("run/" + line_of(office.person("ann").get("/runs/" + run), "approved") +
                      "/changes") == "[]");
}

}  // namespace tenon::api::test
