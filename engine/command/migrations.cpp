#include "engine/command/migrations.h"

#include "engine/application/version_table.h"
#include "engine/command/idempotency.h"
#include "engine/credential/credential.h"
#include "engine/event/event_log.h"
#include "engine/job/job.h"
#include "engine/record/assignment_table.h"
#include "engine/record/catalogue.h"
#include "engine/record/match_key_table.h"
#include "engine/record/merged_table.h"
#include "engine/record/number_table.h"
#include "engine/record/tenure_table.h"
#include "engine/run/run.h"

namespace tenon::command {

storage::Migrations all_migrations() {
  storage::Migrations all;
  for (const auto& room :
       {event::migrations(), job::migrations(), credential::migrations(), record::migrations(),
        record::assignment_migrations(), record::match_key_migrations(),
        record::tenure_migrations(), record::merged_migrations(), record::number_migrations(),
        run::migrations(), application::migrations(), idempotency_migrations()}) {
    all.insert(all.end(), room.begin(), room.end());
  }
  return all;
}

}  // namespace tenon::command
