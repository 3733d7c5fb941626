// Names of people who are no more: runs that they were part of still tell who did what.
//
// Owns flow_person: one row for each user whose record was removed for good, written just before.
// As long as there is a record, also one that was deleted, the name is read there.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "engine/flow/people.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::run {

storage::Migrations person_migrations();

void keep_person(storage::Transaction& tx, flow::UserId user, std::string_view name);
// Of those that are kept.
std::map<flow::UserId, std::string> names_of_gone(storage::Transaction& tx,
                                                  std::span<const flow::UserId> users);

}  // namespace tenon::run
