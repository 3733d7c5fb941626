// Events that runs wait for: who waits, and what came before anybody did.
//
// Owns the table `flow_message`; who waits is in flow_subscription (run.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/flow/run.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::run {

struct Waiting {
  flow::RunId run;
  int subscription = 0;
};

storage::Migrations message_migrations();

// Open subscriptions to this event, the oldest run first.
std::vector<Waiting> waiting_for(storage::Transaction& tx, std::string_view event,
                                 std::string_view correlation);
// Kept until then for whoever waits for it later.
void keep_message(storage::Transaction& tx, std::string_view event, std::string_view correlation,
                  std::int64_t until_ms);
// Takes one that is kept; false where there is none any more.
bool take_message(storage::Transaction& tx, std::string_view event, std::string_view correlation,
                  std::int64_t now_ms);
// Removes those whose time is over; answers how many.
int forget_messages(storage::Transaction& tx, std::int64_t now_ms, int count_max);

}  // namespace tenon::run
