#include "engine/command/migrations.h"

#include "engine/application/version_table.h"
#include "engine/command/idempotency.h"
#include "engine/credential/credential.h"
#include "engine/event/event_log.h"
#include "engine/job/job.h"
#include "engine/record/catalogue.h"

namespace tenon::command {

storage::Migrations all_migrations() {
  storage::Migrations all;
  for (const auto& room :
       {event::migrations(), job::migrations(), credential::migrations(), record::migrations(),
        application::migrations(), idempotency_migrations()}) {
    all.insert(all.end(), room.begin(), room.end());
  }
  return all;
}

}  // namespace tenon::command
