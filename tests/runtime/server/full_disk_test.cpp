// A full disk is answered as such, changes nothing, and is over when there is space again.
#include <catch2/catch.hpp>
#include <future>

#include "engine/json/document.h"
#include "runtime/api/api.h"
#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/door.h"
#include "tests/runtime/server/ledger.h"
#include "tests/support/faulty_disk.h"
#include "tests/support/temporary_folder.h"

namespace tenon::server::test {
namespace {

using http::Method;
using support::FaultyDisk;

constexpr auto kEntries = "/api/v1/records/entry";

// A host in this process, of which the disk can be made full.
struct Fixture {
  Fixture() { REQUIRE(publish(1).status == 200); }
  ~Fixture() { FaultyDisk::is_full = false; }

  cli::Reply publish(int version) {
    return door->call(Method::post, "/api/v1/design/publish",
                      cli::design_body(ledger(version), true));
  }
  cli::Reply create(const std::string& marker) {
    return door->call(Method::post, kEntries, R"({"marker": ")" + marker + R"("})");
  }
  std::string markers() {
    const auto reply = door->call(Method::get, std::string(kEntries) + "?fields=marker", "");
    const auto document = json::Document::parse(reply.body);
    REQUIRE(document);
    std::string markers;
    for (const json::Reader record : document->root().at("records")) {
      markers += std::string(*record.at("marker").text()) + " ";
    }
    return markers;
  }
  int ready() { return door->call(Method::get, "/readyz", "").status; }

  support::TemporaryFolder folder;
  Host host{{folder.file("data"), "", false}};
  std::unique_ptr<cli::Door> door = cli::door_of(host);
};

class PromisedStatus final : public http::Slot {
 public:
  void answer(http::Response response) override { promise.set_value(response.status); }
  std::promise<int> promise;
};

int upload(Host& host, const std::string& bytes) {
  http::Request request;
  request.method = Method::post;
  REQUIRE(http::parse_target("/api/v1/files", request));
  request.headers.add("tenon-file-name", "a.txt");
  request.body = bytes;
  request.is_local_socket = true;
  const auto slot = std::make_shared<PromisedStatus>();
  api::Api(host).handle(std::move(request), http::Respond(slot));
  return slot->promise.get_future().get();
}

std::string code_of(const cli::Reply& reply) {
  const auto document = json::Document::parse(reply.body);
  return document ? std::string(*document->root().at("code").text()) : "";
}

}  // namespace

TEST_CASE("a write on a full disk is answered as not done, and reads go on", "[server]") {
  Fixture fixture;
  REQUIRE(fixture.create("before").status == 201);
  FaultyDisk::is_full = true;

  const auto refused = fixture.create("full");
  CHECK(refused.status == 507);
  CHECK(code_of(refused) == "not_done");
  CHECK(fixture.ready() == 503);
  CHECK(fixture.markers() == "before ");

  FaultyDisk::is_full = false;
  CHECK(fixture.create("after").status == 201);
  CHECK(fixture.ready() == 200);
  CHECK(fixture.markers() == "after before ");
}

TEST_CASE("an atomic batch on a full disk leaves nothing behind", "[server]") {
  Fixture fixture;
  FaultyDisk::is_full = true;
  const std::string body = R"({"atomic": true, "commands": [
      {"create": {"marker": "one"}}, {"create": {"marker": "two"}}]})";
  CHECK(fixture.door->call(Method::post, std::string(kEntries) + "/batch", body).status == 507);
  FaultyDisk::is_full = false;
  CHECK(fixture.markers() == "");
}

TEST_CASE("a publish on a full disk leaves the running version", "[server]") {
  Fixture fixture;
  REQUIRE(fixture.create("before").status == 201);
  FaultyDisk::is_full = true;

  const auto refused = fixture.publish(2);
  CHECK(refused.status == 507);
  CHECK(code_of(refused) == "not_done");
  CHECK(fixture.host.application()->version() == 1);
  CHECK(fixture.door->call(Method::get, std::string(kEntries) + "?fields=extra_2", "").status !=
        200);

  FaultyDisk::is_full = false;
  CHECK(fixture.publish(2).status == 200);
  CHECK(fixture.host.application()->version() == 2);
  CHECK(fixture.door->call(Method::get, std::string(kEntries) + "?fields=extra_2", "").status ==
        200);
  CHECK(fixture.create("after").status == 201);
}

TEST_CASE("an upload on a full disk is answered as not done", "[server]") {
  Fixture fixture;
  FaultyDisk::is_full = true;
  CHECK(upload(fixture.host, "bytes") == 507);
  FaultyDisk::is_full = false;
  CHECK(upload(fixture.host, "bytes") == 201);
}

}  // namespace tenon::server::test
