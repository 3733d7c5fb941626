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
// Records that share a key, those that share most first; at most `count_max`, and of each key.
std::vector<RecordId> sharing(storage::Transaction& tx, std::string_view rule,
                              const std::vector<std::string>& keys, int count_max);
// Which rules have keys at all, and what they were made of (set_match_form).
std::string match_form(storage::Transaction& tx, std::string_view rule);
// Forgets the rule's keys and notes of what the new ones are made.
void set_match_form(storage::Transaction& tx, std::string_view rule, std::string_view form);

}  // namespace tenon::record
