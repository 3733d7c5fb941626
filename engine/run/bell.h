// A number for each person that rises whenever a seat or a copy of theirs changes.
//
// Owns the table `flow_bell`. Whoever watches somebody's list compares it with what they last saw
// and asks again: no values are told by it.
#pragma once

#include <cstdint>

#include "engine/run/run.h"

namespace tenon::run {

storage::Migrations bell_migrations();

void ring(storage::Transaction& tx, flow::UserId user);
// Everybody whose seat this write changes.
void ring(storage::Transaction& tx, const flow::Run* before, const flow::Run& after);
std::int64_t rings_of(storage::Transaction& tx, flow::UserId user);

}  // namespace tenon::run
