// The business clock that is moved by hand, and what falls due on it.
#include <catch2/catch.hpp>
#include <filesystem>

#include "engine/query/working_calendar.h"
#include "tests/runtime/api/running_application.h"

namespace tenon::api::test {
namespace {

// The shipped bundle on a virtual clock.
RunningApplication& application() {
  static RunningApplication running(shipped_crm(), "", server::ClockKind::virtual_one);
  return running;
}

std::int64_t moved(const std::string& by) {
  const auto answer =
      application().person("admin").post("/design/clock", R"({"by": ")" + by + "\"}");
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  return parse_datetime(answer.text("now"))->ms;
}

bool is_kept(const std::string& object, const std::string& id) {
  bool found = false;
  application().host().read([&](storage::Transaction& tx) {
    const auto app = application().host().application();
    const auto& of = *app->find(object);
    found = tx.statement("SELECT 1 FROM " + of.table.name + " WHERE id = ?1")
                .bind(1, *parse_id_text(id))
                .step()
                .has_value();
  });
  return found;
}

}  // namespace

TEST_CASE("The clock stands, goes forward by a time or to a moment, and never back") {
  const std::int64_t begin = moved("PT0S");
  CHECK(moved("PT0S") == begin);
  CHECK(moved("PT5M") == begin + 300'000);
  auto& admin = application().person("admin");
  const std::string later = text_of(DateTime{begin + 3'600'000});
  CHECK(admin.post("/design/clock", R"({"to": ")" + later + "\"}").text("now") == later);
  const auto back = admin.post("/design/clock", R"({"to": "2020-01-01T00:00:00Z"})");
  CHECK(back.status == 422);
  CHECK(back.problems() == std::vector<std::string>{"to: forward"});
  for (const char* body : {R"({})", R"({"by": "PT1S", "to": "2030-01-01T00:00:00Z"})",
                           R"({"by": "P1M"})", R"({"to": "later"})", R"({"at": "PT1S"})"}) {
    INFO(body);
    CHECK(admin.post("/design/clock", body).status == 422);
  }
  CHECK(moved("PT0S") == begin + 3'600'000);
}

TEST_CASE("Only an administrator moves the clock, and only one that is virtual") {
  CHECK(application().person("anna").post("/design/clock", R"({"by": "PT1S"})").status == 403);
  CHECK(shipped_application().person("admin").post("/design/clock", R"({"by": "PT1S"})").status ==
        404);
}

TEST_CASE("A record is stamped by the business clock") {
  const std::int64_t now = moved("P2D");
  auto& anna = application().person("anna");
  const auto made = anna.post("/records/lead", R"({"name": "N", "email": "n@example.com"})");
  CHECK(made.text("created_at") == text_of(DateTime{now}));
}

TEST_CASE("What was deleted goes for good after thirty days, not before") {
  auto& anna = application().person("anna");
  const std::string gone = anna.create("lead", R"({"name": "G", "email": "g@example.com"})");
  const std::string stays = anna.create("lead", R"({"name": "S", "email": "s@example.com"})");
  CHECK(anna.erase("/records/lead/" + gone).status == 204);
  moved("P29D");
  CHECK(is_kept("lead", gone));
  moved("P3D");
  CHECK(!is_kept("lead", gone));
  CHECK(is_kept("lead", stays));
}

TEST_CASE("An uploaded file that hangs on nothing is deleted after a day") {
  auto& anna = application().person("anna");
  HeaderList headers = anna.cookie();
  headers.insert(
      headers.end(),
      {{"Origin", anna.origin()}, {"Content-Type", "text/plain"}, {"Tenon-File-Name", "note.txt"}});
  const auto file = anna.raw(http::Method::post, "/files", headers, "words");
  REQUIRE(file.status == 201);
  CHECK(anna.get("/files/" + file.text("id")).status == 200);
  moved("PT20H");
  CHECK(anna.get("/files/" + file.text("id")).status == 200);
  moved("P2D");
  CHECK(anna.get("/files/" + file.text("id")).status == 404);
  CHECK(is_kept("file", file.text("id")));
  moved("P32D");
  CHECK(!is_kept("file", file.text("id")));
}

TEST_CASE("Jobs are told to administrators; to others who did not make them there are none") {
  auto& admin = application().person("admin");
  const auto open = admin.get("/jobs");
  REQUIRE(open.status == 200);
  REQUIRE(open.size("jobs") >= 4);
  const std::string id = open.text("jobs/0/id");
  CHECK(admin.get("/jobs/" + id).text("state") == "waiting");
  auto& anna = application().person("anna");
  CHECK(anna.get("/jobs").size("jobs") == 0);
  CHECK(anna.get("/jobs/" + id).status == 404);
  CHECK(anna.post("/jobs/" + id + "/cancel", "{}").status == 404);
  CHECK(anna.post("/jobs/" + id + "/retry", "{}").status == 404);
  const auto retried = admin.post("/jobs/" + id + "/retry", "{}");
  CHECK(retried.status == 409);
  CHECK(retried.problems() == std::vector<std::string>{": state"});
}

TEST_CASE("A job that was cancelled is not carried out, and cannot be cancelled again") {
  auto& admin = application().person("admin");
  std::string id;
  application().host().read([&](storage::Transaction& tx) {
    for (const job::Job& job : job::open_jobs(tx, 100)) {
      if (job.kind == "purge_jobs") id = text_of(job.id);
    }
  });
  CHECK(admin.post("/jobs/" + id + "/cancel", "{}").text("state") == "cancelled");
  CHECK(admin.post("/jobs/" + id + "/cancel", "{}").status == 409);
  CHECK(admin.get("/jobs/" + id).text("state") == "cancelled");
}

TEST_CASE("A working calendar has hours that can be read, in a zone that there is") {
  auto& admin = application().person("admin");
  const auto made = admin.post("/records/calendar", R"({"name": "Office", "usual": true,
    "time_zone": "Asia/Shanghai", "monday": "09:00-12:00, 13:30-18:00"})");
  REQUIRE(made.status == 201);
  const std::string calendar = made.text("id");
  CHECK(admin.post("/records/calendar", R"({"name": "B", "time_zone": "Mars", "friday": "9-5"})")
            .problems() == std::vector<std::string>{"friday: hours", "time_zone: time_zone"});
  CHECK(admin.patch("/records/calendar/" + calendar, R"({"monday": "12:00-09:00"})").status == 422);
  const auto holiday = [&](const std::string& days) {
    return admin.post("/records/holiday",
                      R"({"calendar": ")" + calendar + R"(", "name": "H", )" + days + "}");
  };
  CHECK(holiday(R"("first_day": "2026-10-01", "last_day": "2026-10-07")").status == 201);
  CHECK(holiday(R"("first_day": "2026-10-10", "working": true)").status == 201);
  CHECK(holiday(R"("first_day": "2026-10-02", "last_day": "2026-10-01")").problems() ==
        std::vector<std::string>{"last_day: range"});
  application().host().read([&](storage::Transaction& tx) {
    const auto app = application().host().application();
    for (const auto& known :
         {query::working_calendar(*app, tx, std::nullopt),
          query::working_calendar(*app, tx, RecordId{*parse_id_text(calendar)})}) {
      const auto day = [](const char* text) { return parse_date(text)->days; };
      CHECK(known.is_working_day(day("2026-09-28")));
      CHECK(!known.is_working_day(day("2026-09-29")));
      CHECK(!known.is_working_day(day("2026-10-05")));
      CHECK(known.is_working_day(day("2026-10-10")));
      CHECK(known.is_working(parse_datetime("2026-09-28T09:00:00+08:00")->ms));
      CHECK(!known.is_working(parse_datetime("2026-09-28T12:30:00+08:00")->ms));
      CHECK(known.is_working(parse_datetime("2026-10-10T13:30:00+08:00")->ms));
    }
  });
}

}  // namespace tenon::api::test
