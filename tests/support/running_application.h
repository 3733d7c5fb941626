// A published bundle over a database in a temporary folder, with a clock that is set by hand: what
// the tests of application, query and command stand on. No runtime, no threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/command/context.h"
#include "engine/command/events.h"
#include "engine/command/publish.h"
#include "engine/event/event_log.h"
#include "engine/query/list.h"
#include "tests/support/temporary_folder.h"

namespace tenon::support {

class HandClock final : public Clock {
 public:
  std::int64_t now_ms() const override { return now += per_look_ms; }
  mutable std::int64_t now = 1'800'000'000'000;  // 2027-01-15 08:00:00 UTC
  std::int64_t per_look_ms = 0;                  // How much passes between two looks.
};

Actor the_system();
// Somebody with these roles; `team`: also those below, as ids of users.
Actor person(RecordId user, std::vector<std::string> roles, std::vector<RecordId> team = {});

class RunningApplication {
 public:
  explicit RunningApplication(const metadata::Files& files);

  const application::Application& app() const { return *app_; }
  std::shared_ptr<const application::Application> snapshot() const { return app_; }
  const application::Object& object(std::string_view name) const;
  Result<command::Plan> publish(const metadata::Files& files, bool confirmed = false);
  // What a start of the program finds.
  void open_again();
  // The same, the database closed before.
  void start_again();

  using Command = std::function<Result<void>(command::Context&)>;
  // As one work of a group: undone where it is refused, else its events are appended.
  Result<void> carry_out(const Actor& actor, const Command& command);
  Result<command::Reply> create(std::string_view object, const std::string& json,
                                const Actor& actor = the_system());
  Result<command::Reply> update(std::string_view object, RecordId id, const std::string& json,
                                std::optional<std::int64_t> seen = {},
                                const Actor& actor = the_system());
  Result<command::Reply> erase(std::string_view object, RecordId id,
                               std::optional<std::int64_t> seen = {},
                               const Actor& actor = the_system());
  // Fails the test where it is refused.
  RecordId made(std::string_view object, const std::string& json);
  // So many copies of a record, with the ids behind its own, in the table alone: nothing else knows
  // of them, as an older program would have left them.
  void copy(std::string_view object, RecordId first, int count);

  void ask(const Actor& actor, const std::function<void(const query::Context&)>& question);
  Result<query::Page> list(const query::ListRecords& query, const Actor& actor = the_system());
  // The value at a path as JSON: "\"12.00\"", "null"; "gone" where there is no such record.
  std::string value(std::string_view object, RecordId id, const std::string& path,
                    const Actor& actor = the_system());
  std::vector<event::Event> events();
  std::vector<event::Event> events_of(RecordId record);

  HandClock clock;

 private:
  void open_database();

  TemporaryFolder folder_;
  std::unique_ptr<storage::Database> database_;
  std::shared_ptr<const application::Application> app_;
  std::unique_ptr<IdSource> ids_;
};

// "at:rule at:rule …", in the order they were reported.
std::string told(const std::vector<Problem>& problems);
template <class T>
std::string told(const Result<T>& result) {
  if (result) return "";
  return std::string(name_of(result.error().code)) + (result.error().problems.empty() ? "" : " ") +
         told(result.error().problems);
}

// The values of one output of a page, as JSON, joined by blanks.
std::string column(const query::Page& page, std::string_view path);

}  // namespace tenon::support
