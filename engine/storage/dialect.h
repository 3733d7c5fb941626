// What differs between SQLite and PostgreSQL, in one table. SQLite's is filled; PostgreSQL's value
// stands behind each member until libpq comes (engine/decisions).
//
// The same in both, and so not here: upserts (ON CONFLICT … DO UPDATE SET a = excluded.a),
// RETURNING, NULLS FIRST and LAST, named savepoints, partial indexes, window functions.
#pragma once

#include <string_view>

namespace tenon::storage {

struct Dialect {
  std::string_view name;  // "postgresql"
  char placeholder;       // '$', and the number behind it.

  std::string_view integer_type;   // "BIGINT": 64 bits.
  std::string_view text_type;      // "TEXT COLLATE \"C\"": by code point.
  std::string_view rising_key;     // "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
  std::string_view table_options;  // "": columns have their types anyway.

  // An integer in a list bound as a JSON array.
  std::string_view in_list_before;  // " IN (SELECT value::bigint FROM jsonb_array_elements_text("
  std::string_view in_list_behind;  // "::jsonb))"

  std::string_view begin_write;  // "BEGIN ISOLATION LEVEL SERIALIZABLE"; run again on 40001.
  std::string_view begin_read;   // "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
  bool nulls_are_smallest;       // false: an ascending order ends with them.
  bool ddl_locks_all;            // false: only the table; here the one writer waits anyway.
};

const Dialect& sqlite();

}  // namespace tenon::storage
