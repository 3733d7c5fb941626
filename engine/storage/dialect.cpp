#include "engine/storage/dialect.h"

namespace tenon::storage {
namespace {

constexpr Dialect kSqlite{
    .name = "sqlite",
    .placeholder = '?',
    .integer_type = "INTEGER",
    .text_type = "TEXT",
    .rising_key = "INTEGER PRIMARY KEY AUTOINCREMENT",
    .table_options = "STRICT",
    .in_list_before = " IN (SELECT value FROM json_each(",
    .in_list_behind = "))",
    .begin_write = "BEGIN IMMEDIATE",
    .begin_read = "BEGIN",
    .nulls_are_smallest = true,
    .ddl_locks_all = true,
};

}  // namespace

const Dialect& sqlite() { return kSqlite; }

}  // namespace tenon::storage
