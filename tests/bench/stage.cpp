#include "tests/bench/stage.h"

#include <cstdio>
#include <future>

#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/query/people.h"
#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/door.h"
#include "tests/bench/raw_database.h"
#include "tests/bench/routing.h"

namespace tenon::metadata {
Files bench_files();  // Generated from bundle/ by engine/metadata/embed.cmake.
}

namespace tenon::bench {
namespace {

constexpr std::int64_t kPeople = 100;
constexpr std::int64_t kFirstItem = 1'000'000;
constexpr int kFillCacheKib = 262'144;

std::string add_person(cli::Door& door, std::int64_t number) {
  json::Writer user;
  const std::string name = "person" + std::to_string(number);
  user.begin_object().key("login").text(name).key("name").text(name).end_object();
  return member_text(answer_of(door, "/api/v1/records/user", user.take()), "id");
}

void give_role(cli::Door& door, const std::string& user) {
  json::Writer role;
  role.begin_object().key("user").text(user).key("role").text("keeper").end_object();
  answer_of(door, "/api/v1/records/role_assignment", role.take());
}

std::string token_of(cli::Door& door, const std::string& user) {
  json::Writer token;
  token.begin_object().key("name").text("bench").key("user").text(user).end_object();
  return member_text(answer_of(door, "/api/v1/tokens", token.take()), "token");
}

// Rows as the product writes them, but all at once: only what is asked of them later is measured.
void fill(const std::string& database, std::int64_t items, std::int64_t kind) {
  RawDatabase raw(database, kFillCacheKib);
  raw.script("PRAGMA synchronous = OFF; BEGIN");
  std::vector<std::string> drops;
  std::vector<std::string> indexes;  // Made when the rows are there: faster than row by row.
  const RawStatement known = raw.prepare(
      "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'r_item' AND type = 'index'");
  while (raw.step(known)) {
    drops.push_back("DROP INDEX " + std::string(text_at(known, 0)));
    indexes.emplace_back(text_at(known, 1));
  }
  for (const std::string& sql : drops) raw.script(sql);
  const RawStatement insert = raw.prepare(R"sql(
    WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < ?1),
      people(place, id) AS (SELECT row_number() OVER (ORDER BY id) - 1, id FROM r_user
                            WHERE f_login LIKE 'person%')
    INSERT INTO r_item (id, version, created_at, created_by, updated_at, updated_by, f_code,
                        f_title, f_kind, f_owner, f_state, f_amount, f_share, f_weighted, f_count,
                        f_begun_on, f_due_on, f_urgent, f_note)
    SELECT ?2 + n, 1, 1790000000000 + n, id, 1790000000000 + n, id, printf('B%08d', n),
           printf('Item number %08d', n), ?3, id,
           CASE n / ?4 % 5 WHEN 0 THEN 'open' WHEN 1 THEN 'active' WHEN 2 THEN 'waiting'
                           WHEN 3 THEN 'done' ELSE 'dropped' END,
           n * 104729 % 1000000, n * 7 % 10000, (n * 104729 % 1000000) * (n * 7 % 10000) / 10000,
           n % 90, 20000 + n * 7919 % 1500, 20030 + n * 7919 % 1500, n % 9 = 0,
           'A note that says in a sentence or two what somebody wanted to keep about it.'
    FROM counted JOIN people ON place = n % ?4
  )sql");
  sqlite3_bind_int64(insert.get(), 1, items);
  sqlite3_bind_int64(insert.get(), 2, kFirstItem);
  sqlite3_bind_int64(insert.get(), 3, kind);
  sqlite3_bind_int64(insert.get(), 4, kPeople);
  raw.run(insert);
  for (const std::string& sql : indexes) raw.script(sql);
  raw.script("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

std::string head_of(const std::string& method, const std::string& target,
                    const std::string& token) {
  return method + " " + target +
         " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nAuthorization: Bearer " +
         token + "\r\n";
}

class Promised final : public http::Slot {
 public:
  void answer(http::Response response) override { promise_.set_value(std::move(response)); }
  http::Response wait() { return promise_.get_future().get(); }

 private:
  std::promise<http::Response> promise_;
};

}  // namespace

Stage::Stage(std::int64_t items) : items_(items) {
  begin();
  fill(database(), items, *parse_id_text(kind_));
  open();
}

void Stage::begin() {
  server::Host host({folder_.file("data"), "", false});
  const auto door = cli::door_of(host);
  auto files = metadata::bench_files();
  files["tables/request_routing.json"] = request_routing();
  answer_of(*door, "/api/v1/design/publish", cli::design_body(files, false));
  json::Writer kind;
  kind.begin_object().key("name").text("Ordinary").key("limit").text("5000").end_object();
  kind_ = member_text(answer_of(*door, "/api/v1/records/kind", kind.take()), "id");
  // The actor is the first, so that every hundredth item is theirs.
  for (std::int64_t number = 0; number < kPeople; ++number) {
    people_.push_back(add_person(*door, number));
  }
  make_teams(*door, people_);
  give_role(*door, user());
  token_ = token_of(*door, user());
}

void Stage::open() {
  host_ = std::make_unique<server::Host>(server::HostOptions{folder_.file("data"), "", false});
  api_ = std::make_unique<api::Api>(*host_);
  const auto app = host_->application();
  host_->read([&](storage::Transaction& tx) {
    actor_ = *query::actor_of(*app, tx, RecordId{*parse_id_text(user())});
  });
}

std::string Stage::own_item(std::uint64_t number) const {
  const auto own = static_cast<std::uint64_t>(items_ / kPeople);
  return id_text(kFirstItem + static_cast<std::int64_t>(number * 7919 % own) * kPeople);
}

std::string Stage::get(const std::string& target) const {
  return head_of("GET", target, token_) + "\r\n";
}

std::string Stage::post(const std::string& target, const std::string& body) const {
  return head_of("POST", target, token_) +
         "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

http::Response Stage::answer(http::Method method, const std::string& target,
                             const std::string& body) {
  http::Request request;
  request.method = method;
  request.target = target;
  if (!http::parse_target(target, request)) throw Fault("not a target: " + target);
  request.headers.add("authorization", "Bearer " + token_);
  request.headers.add("content-type", "application/json");
  request.body = body;
  const auto promised = std::make_shared<Promised>();
  api_->handle(std::move(request), http::Respond(promised));
  http::Response response = promised->wait();
  if (response.status >= 300) throw Fault(target + ": " + response.body);
  return response;
}

std::string item_code(std::uint64_t number) {
  char text[16];
  std::snprintf(text, sizeof text, "N%09u", static_cast<unsigned>(number % 1'000'000'000));
  return text;
}

std::string item_json(const Stage& stage, std::uint64_t number) {
  json::Writer item;
  item.begin_object().key("code").text(item_code(number));
  item.key("title").text("An item made by the bench").key("kind").text(stage.kind());
  item.key("state").text("active").key("amount").text("7250.50").key("share").text("0.25");
  item.key("count").integer(12).key("begun_on").text("2026-11-02");
  item.key("due_on").text("2026-12-24").key("urgent").boolean(true);
  item.key("note").text("A note that says in a sentence or two why this one is worth so much.");
  item.end_object();
  return item.take();
}

}  // namespace tenon::bench
