// The engine's own functions and orders, as SQLite calls them.
#include "engine/storage/connection.h"
#include "engine/storage/fault.h"

namespace tenon::storage {
namespace {

Column column_of(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL: return {};
    case SQLITE_INTEGER: return sqlite3_value_int64(value);
    default: break;
  }
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (text == nullptr) return {};
  return std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

void answer(sqlite3_context* context, const Column& result) {
  if (const auto* integer = std::get_if<std::int64_t>(&result)) {
    sqlite3_result_int64(context, *integer);
  } else if (const auto* text = std::get_if<std::string>(&result)) {
    sqlite3_result_text(context, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
  } else {
    sqlite3_result_null(context);
  }
}

// Exceptions must not pass through C: they become the statement's error.
void call(sqlite3_context* context, int count, sqlite3_value** values) {
  const auto& function = *static_cast<const SqlFunction*>(sqlite3_user_data(context));
  try {
    std::vector<Column> arguments;
    arguments.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) arguments.push_back(column_of(values[i]));
    answer(context, function.call(arguments));
  } catch (const Interrupted&) {  // A function may ask the database itself.
    sqlite3_result_error_code(context, SQLITE_INTERRUPT);
  } catch (const std::exception& fault) {
    sqlite3_result_error(context, fault.what(), -1);
  }
}

int compare(void* collation, int a_size, const void* a, int b_size, const void* b) {
  const std::string_view left(static_cast<const char*>(a), static_cast<std::size_t>(a_size));
  const std::string_view right(static_cast<const char*>(b), static_cast<std::size_t>(b_size));
  try {
    return static_cast<const SqlCollation*>(collation)->compare(left, right);
  } catch (const std::exception&) {
    return left.compare(right);  // SQLite has no way to hear of an error here.
  }
}

}  // namespace

void add_functions(sqlite3* handle, const Options& options) {
  // Innocuous: pure, so that indexes and generated columns may use them with an untrusted schema.
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  for (const SqlFunction& function : options.functions) {
    const int code = sqlite3_create_function_v2(handle, function.name.c_str(), function.arity,
                                                kFlags, const_cast<SqlFunction*>(&function), call,
                                                nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_fault(handle, "registering " + function.name);
  }
  for (const SqlCollation& collation : options.collations) {
    const int code =
        sqlite3_create_collation_v2(handle, collation.name.c_str(), SQLITE_UTF8,
                                    const_cast<SqlCollation*>(&collation), compare, nullptr);
    if (code != SQLITE_OK) throw_fault(handle, "registering " + collation.name);
  }
}

}  // namespace tenon::storage
