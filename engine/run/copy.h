// Who was sent a copy of a run: they may read it.
//
// Owns the table `flow_copy`. Written where a flow or somebody copies (Notice::copied).
#pragma once

#include <vector>

#include "engine/flow/run.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::run {

storage::Migrations copy_migrations();

// Again to the same person: it is new to them again.
void add_copy(storage::Transaction& tx, flow::RunId run, flow::UserId user, std::int64_t at_ms);
bool has_copy(storage::Transaction& tx, flow::RunId run, flow::UserId user);
bool is_unread(storage::Transaction& tx, flow::RunId run, flow::UserId user);
struct Copy {
  flow::UserId user;
  std::int64_t at_ms = 0;
  std::int64_t read_ms = 0;  // 0: not yet.
};
// In the order they were sent.
std::vector<Copy> copies_of(storage::Transaction& tx, flow::RunId run);
void mark_read(storage::Transaction& tx, flow::RunId run, flow::UserId user, std::int64_t at_ms);

}  // namespace tenon::run
