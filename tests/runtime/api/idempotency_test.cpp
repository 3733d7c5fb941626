// A request that is sent again with its key has one effect.
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "engine/command/idempotency.h"
#include "tests/runtime/api/both_bundles.h"

namespace tenon::api::test {
namespace {

HeaderList key(const std::string& text) { return {{"Idempotency-Key", text}}; }

// What is answered under one key at this moment of the process clock, by the command itself.
std::string answer_at(RunningApplication& crm, std::int64_t now_ms, const std::string& body) {
  std::promise<std::string> answered;
  auto write = std::make_shared<Write>();
  write->actor = system_actor(Surface::system, "a test");
  write->run = [&](command::Context& context) -> Result<void> {
    TENON_TRY(const auto answer,
              command::once(context, command::RepeatKey{"daily", "digest", now_ms}, [&] {
                return command::Answer{200, body, "", ""};
              }));
    answered.set_value(answer.body);
    return done();
  };
  write->done = [](const Result<void>&) {};
  crm.host().write(write);
  return answered.get_future().get();
}

constexpr const char* kLead = R"({"<lead.name>": "Repeated", "<lead.email>": "r@example.com"})";

}  // namespace

TEST_CASE("A create that is repeated with its key answers the first record again") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const auto first = anna.post("/records/<lead>", kLead, key("create-1"));
  const auto after = crm.position();
  const auto again = anna.post("/records/<lead>", kLead, key("create-1"));
  CHECK(first.status == 201);
  CHECK(again.status == 201);
  CHECK(again.body == first.body);
  CHECK(again.header("etag") == first.header("etag"));
  CHECK(again.header("location") == first.header("location"));
  CHECK(crm.position() == after);
}

TEST_CASE("A key belongs to one request of one person") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string id = anna.post("/records/<lead>", kLead, key("mine")).text("id");
  const auto other = anna.post("/records/<lead>", R"({"<lead.name>": "Other",
                               "<lead.email>": "o@example.com"})",
                               key("mine"));
  CHECK(other.status == 422);
  CHECK(other.problems() == std::vector<std::string>{"Idempotency-Key: idempotency_key"});
  CHECK(anna.erase("/records/<lead>/" + id, key("mine")).status == 422);
  const auto elses = crm.person("moses").post("/records/<lead>", kLead, key("mine"));
  CHECK(elses.status == 201);
  CHECK(elses.text("id") != id);
}

TEST_CASE("A refusal is not kept: mended, the request may be sent with the same key") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  CHECK(anna.post("/records/<lead>", R"({"<lead.name>": "N"})", key("mended")).status == 422);
  CHECK(anna.post("/records/<lead>", kLead, key("mended")).status == 201);
}

TEST_CASE("Updates, deletes and batches are repeatable, too") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string at = "/records/<lead>/" + anna.create("<lead>", kLead);
  const std::string body = R"({"<lead.company>": "Once"})";
  HeaderList update = key("update-1");
  update.emplace_back("If-Match", "\"1\"");
  CHECK(anna.patch(at, body, update).text("version") == "2");
  CHECK(anna.patch(at, R"({"<lead.company>": "Twice"})").text("version") == "3");
  CHECK(anna.patch(at, body, update).text("version") == "2");  // What was answered then.
  CHECK(anna.get(at).text("<lead.company>") == "Twice");

  CHECK(anna.erase(at, key("delete-1")).status == 204);
  CHECK(anna.erase(at, key("delete-1")).status == 204);
  CHECK(anna.erase(at).status == 404);

  for (const char* atomic : {"true", "false"}) {
    const std::string batch = std::string(R"({"atomic": )") + atomic +
                              R"(, "commands": [{"create": )" + kLead + R"(}, {"create": )" +
                              kLead + "}]}";
    const auto first = anna.post("/records/<lead>/batch", batch, key(std::string("b") + atomic));
    const auto after = crm.position();
    const auto again = anna.post("/records/<lead>/batch", batch, key(std::string("b") + atomic));
    CHECK(first.each("results", "status") == std::vector<std::string>(2, "201"));
    CHECK(again.body == first.body);
    CHECK(crm.position() == after);
  }
}

TEST_CASE("A key is forgotten after a day") {
  auto& crm = shipped_application();
  constexpr std::int64_t kNow = 1'800'000'000'000;
  CHECK(answer_at(crm, kNow, "first") == "first");
  CHECK(answer_at(crm, kNow + command::kIdempotencyMs - 1, "second") == "first");
  CHECK(answer_at(crm, kNow + command::kIdempotencyMs, "third") == "third");
  CHECK(answer_at(crm, kNow + command::kIdempotencyMs + 1, "fourth") == "third");
}

TEST_CASE("A key is 1 to 128 visible letters") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  for (const std::string& bad :
       {std::string(), std::string("two words"), std::string(129, 'k'), std::string("ключ")}) {
    INFO(bad);
    const auto refused = anna.post("/records/<lead>", kLead, key(bad));
    CHECK(refused.status == 400);
    CHECK(refused.code() == "malformed");
  }
  CHECK(anna.post("/records/<lead>", kLead, key(std::string(128, 'k'))).status == 201);
}

TEST_CASE("Fifty requests at once with one key make one record") {
  auto& crm = either_application();
  const HeaderList cookie = crm.person("anna").cookie();
  std::mutex mutex;
  std::set<std::string> ids;
  const auto send = [&] {
    Person person = crm.anybody();
    for (int i = 0; i < 10; ++i) {
      HeaderList headers = cookie;
      headers.insert(headers.end(), {{"Origin", person.origin()},
                                     {"Content-Type", "application/json"},
                                     {"Idempotency-Key", "all-at-once"}});
      const auto answer =
          person.raw(http::Method::post, "/records/<lead>", headers, crm.names().expand(kLead));
      const std::lock_guard lock(mutex);
      ids.insert(answer.text("id"));
    }
  };
  const auto before = crm.position();
  std::vector<std::thread> threads;
  for (int i = 0; i < 5; ++i) threads.emplace_back(send);
  for (std::thread& thread : threads) thread.join();
  CHECK(ids.size() == 1);
  CHECK(crm.position() == before + 1);
}

}  // namespace tenon::api::test
