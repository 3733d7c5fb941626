// A small bundle published into a database in a temporary folder, and the short ways to use it.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/command/create_record.h"
#include "engine/command/events.h"
#include "engine/command/migrations.h"
#include "engine/command/publish.h"
#include "engine/query/list.h"
#include "engine/query/sql_functions.h"
#include "tests/support/temporary_folder.h"

namespace tenon::query {

struct StoppedClock final : Clock {
  std::int64_t ms = 1'800'000'000'000;  // 2027-01-15
  std::int64_t now_ms() const override { return ms; }
};

class Published {
 public:
  explicit Published(const metadata::Files& files)
      : database_({.path = folder_.file("test.db"),
                   .functions = sql_functions(),
                   .collations = sql_collations()}) {
    database_.writer().run([&](storage::Transaction& tx) {
      storage::migrate(tx, command::all_migrations(), 0);
      app_ = command::open_application(tx);
    });
    publish(files);
  }

  void publish(const metadata::Files& files) {
    write([&](command::Context& context) {
      auto published = command::publish(context, files, true);
      if (!published)
        FAIL(published.error().problems.at(0).at + published.error().problems.at(0).message);
      app_ = published->application;
    });
  }

  RecordId create(const std::string& object, const std::string& json) {
    RecordId id;
    write([&](command::Context& context) {
      const auto* known = context.app.find(object);
      const auto document = json::Document::parse(json);
      const auto input =
          command::parse_input(document->root(), *known, context.app.rights(context.actor));
      const auto reply = command::create_record(context, {known, *input});
      REQUIRE(reply);
      id = reply->id;
    });
    return id;
  }

  Result<Page> list(const Actor& actor, const ListRecords& question) {
    Result<Page> page = Error::not_found();
    database_.read([&](storage::Transaction& tx) {
      page = query::list(context(*app_, actor, tx, {clock.ms}), question);
    });
    return page;
  }

  Result<Page> read(const Actor& actor, const std::string& object, RecordId id) {
    Result<Page> page = Error::not_found();
    database_.read([&](storage::Transaction& tx) {
      page = query::read(context(*app_, actor, tx, {clock.ms}), object, id, {});
    });
    return page;
  }

  StoppedClock clock;

 private:
  template <class Work>
  void write(Work work) {
    database_.writer().run([&](storage::Transaction& tx) {
      const Actor actor = system_actor(Surface::system, "a test");
      command::Changes changes;
      command::Context context{*app_, actor, tx, clock, ids_, changes};
      work(context);
    });
  }

  support::TemporaryFolder folder_;
  storage::Database database_;
  IdSource ids_{clock, 0, 0};
  std::shared_ptr<const application::Application> app_;
};

}  // namespace tenon::query
