// What every command gets: references in a plain struct, nothing of its own.
//
// `changes` holds, per record touched, its first before and its current state; append_events()
// (events.h) writes one event for each at the end. A seventh member needs an ADR.
#pragma once

#include <optional>
#include <vector>

#include "engine/application/application.h"
#include "engine/base/actor.h"
#include "engine/base/clock.h"
#include "engine/event/event_log.h"
#include "engine/query/context.h"
#include "engine/record/table.h"
#include "engine/storage/database.h"

namespace tenon::command {

struct Change {
  const application::Object* object;
  std::optional<record::Record> before;  // Nothing: created by this command.
  std::optional<record::Record> after;   // Nothing: erased by it.
};

class Changes {
 public:
  CommandId command;  // Of the events they will leave; 0 where nothing is written.

  // Keeps the first before and the last after of a record.
  void note(const application::Object& object, const record::Record* before,
            const record::Record* after);
  const std::vector<Change>& all() const { return changes_; }
  // Takes over which objects another one touched: a part of this command whose events are written
  // already (a row of an import, a job).
  void note_part(const Changes& part);
  // The objects touched, parts included.
  std::vector<const application::Object*> objects() const;
  // A command raises the version of a record once, however often it changes it.
  std::int64_t next_version(const application::Object& object, const record::Record& record) const;

 private:
  std::vector<Change> changes_;
  std::vector<const application::Object*> parts_;  // Each once.
};

struct Context {
  const application::Application& app;
  const Actor& actor;
  storage::Transaction& tx;
  const Clock& clock;
  IdSource& ids;
  Changes& changes;
};

// What was written: the record as it now is. Empty where it was erased.
struct Reply {
  const application::Object* object = nullptr;
  RecordId id;
  std::optional<record::Record> record;
};

// The same context as a query asks with.
query::Context as_query(const Context& context);
// The same as the system, for what the engine computes for everybody.
query::Context as_system(const Context& context);

}  // namespace tenon::command
