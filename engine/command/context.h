// What every command gets: references in a plain struct, nothing of its own.
//
// `changes` holds, per record touched, its first before and its current state; append_events()
// (events.h) writes one event for each at the end. A seventh member needs an ADR.
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/application/application.h"
#include "engine/base/actor.h"
#include "engine/base/clock.h"
#include "engine/event/event_log.h"
#include "engine/query/context.h"
#include "engine/record/table.h"
#include "engine/storage/database.h"

namespace tenon::command {

struct LineChange {
  const application::Object* object;     // Of the line.
  int slot;                              // Of the record that holds it in the end.
  std::optional<record::Record> before;  // Nothing: created by this command.
  std::optional<record::Record> after;   // Nothing: erased by it.
};

struct Change {
  const application::Object* object;
  std::optional<record::Record> before;  // Nothing: created by this command.
  std::optional<record::Record> after;   // Nothing: erased by it.
  std::vector<LineChange> lines;         // A line's change is in the event of its record.
};

// A number that another thread may look at; a copy has its value.
class WatchedCount {
 public:
  WatchedCount() = default;
  WatchedCount(const WatchedCount& other) : count_(other.count_.load()) {}
  WatchedCount& operator=(const WatchedCount& other) {
    count_ = other.count_.load();
    return *this;
  }
  void add(std::int64_t more) { count_ += more; }
  std::int64_t value() const { return count_; }

 private:
  std::atomic<std::int64_t> count_{0};
};

class Changes {
 public:
  CommandId command;  // Of the events they will leave; 0 where nothing is written.

  // Keeps the first before and the last after of a record.
  void note(const application::Object& object, const record::Record* before,
            const record::Record* after);
  // Of a line; its record is noted before.
  void note_line(const application::Object& top, RecordId record, LineChange change);
  const std::vector<Change>& all() const { return changes_; }
  // Takes over which objects another one touched: a part of this command whose events are written
  // already (a row of an import, a job).
  void note_part(const Changes& part);
  // The objects touched, parts included.
  std::vector<const application::Object*> objects() const;
  // Lines that were read along, to be derived and judged again with their record.
  void note_read(std::size_t lines) { touched_.add(static_cast<std::int64_t>(lines)); }
  // How many records and lines were written, and lines read: what a command may take its time for.
  // May be asked from another thread.
  std::int64_t touched() const { return touched_.value(); }
  // A command raises the version of a record once, however often it changes it.
  std::int64_t next_version(const application::Object& object, const record::Record& record) const;
  // What formulas of this command look up: read once, until one of those records is written.
  const std::shared_ptr<query::LookedUp>& looked_up(const application::Application& app,
                                                    storage::Transaction& tx);

 private:
  using Key = std::pair<const application::Object*, std::int64_t>;

  std::vector<Change> changes_;
  std::vector<const application::Object*> parts_;  // Each once.
  std::map<Key, std::size_t> places_;              // Of records in changes_.
  std::map<Key, std::size_t> line_places_;         // Of lines in their record's change.
  WatchedCount touched_;
  std::shared_ptr<query::LookedUp> looked_up_;
};

struct Context {
  const application::Application& app;
  const Actor& actor;
  storage::Transaction& tx;
  const Clock& clock;
  IdSource& ids;
  Changes& changes;
};

// Something to tell whoever writes that does not hinder the write.
struct Warning : Problem {
  // The record that it is about, likely the same one; nothing where there is none, or none that may
  // be seen.
  const application::Object* object = nullptr;
  RecordId record = {};
};

// What was written: the record as it now is. Empty where it was erased.
struct Reply {
  const application::Object* object = nullptr;
  RecordId id;
  std::optional<record::Record> record;
  std::vector<Warning> warnings = {};
};

// What its formulas look up.
std::shared_ptr<const query::LookedUp> looked_up(const Context& context);
// The same context as a query asks with.
query::Context as_query(const Context& context);
// The same as the system, for what the engine computes for everybody.
query::Context as_system(const Context& context);

}  // namespace tenon::command
