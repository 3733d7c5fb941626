// Keys by which records that are likely the same are found, for each duplicate rule.
//
// Owns the table `match_key`. Kept in the transaction that changes a record. What a key is made of
// is engine/command's matter; here it is a text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::record {

storage::Migrations match_key_migrations();

// Instead of those that the record had for this rule (its id).
void set_match_keys(storage::Transaction& tx, std::string_view rule, RecordId record,
                    const std::vector<std::string>& keys);
// Records with this key, the newest first: at most `count_max` that are older than `before`, which
// is nobody's (0) at the first page.
std::vector<RecordId> sharing(storage::Transaction& tx, std::string_view rule, std::string_view key,
                              RecordId before, int count_max);
// Which rules have keys at all, and what they were made of (set_match_form).
std::string match_form(storage::Transaction& tx, std::string_view rule);
// All of the rule, and of what they are made.
void forget_match_keys(storage::Transaction& tx, std::string_view rule);
// Notes of what the keys are made, now that every record has its own.
void set_match_form(storage::Transaction& tx, std::string_view rule, std::string_view form);

}  // namespace tenon::record
