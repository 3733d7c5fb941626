#include <utility>

#include "engine/storage/clash.h"
#include "engine/storage/connection.h"
#include "engine/storage/fault.h"

namespace tenon::storage {

bool Row::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Row::view(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) return "";
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

int Row::size() const { return sqlite3_data_count(statement_); }

Statement::Cached::Cached(Connection& owner, sqlite3_stmt* prepared, bool keep)
    : connection(owner), handle(prepared), is_kept(keep) {
  const int count = sqlite3_bind_parameter_count(handle);
  for (int place = 1; place <= count; ++place) {
    // Copied: SQLite's own text goes when a changed schema makes it prepare again.
    const char* name = sqlite3_bind_parameter_name(handle, place);
    names.emplace_back(name == nullptr ? "" : name);
  }
}

int Statement::Cached::place_of(std::string_view name) {
  // Names are mostly bound in the order of the text.
  for (std::size_t i = 0; i < names.size(); ++i, ++next_name) {
    if (next_name >= names.size()) next_name = 0;
    if (names[next_name] == name) return static_cast<int>(++next_name);
  }
  throw Fault("no binding " + std::string(name) + ": " + sqlite3_sql(handle));
}

int Statement::Cached::step() {
  const int code = sqlite3_step(handle);
  is_active = true;
  if (code == SQLITE_ROW) return code;
  if (code != SQLITE_DONE) {
    // Reset reports the error again, so that its code and text stay with the connection.
    is_active = false;
    return sqlite3_reset(handle);
  }
  if (sqlite3_stmt_readonly(handle) == 0) changes = sqlite3_changes64(connection.handle());
  reset();
  return code;
}

void Statement::Cached::reset() {
  if (!is_active) return;
  sqlite3_reset(handle);
  is_active = false;
}

Statement::Statement(Cached& cached) : cached_(&cached) {}

Statement::Statement(Statement&& other) noexcept : cached_(std::exchange(other.cached_, nullptr)) {}

Statement::~Statement() {
  if (cached_ != nullptr) cached_->connection.release(*cached_);
}

Statement& Statement::bind(std::string_view name, std::int64_t value) {
  return bind(cached_->place_of(name), value);
}

Statement& Statement::bind(std::string_view name, std::string_view value) {
  return bind(cached_->place_of(name), value);
}

Statement& Statement::bind(std::string_view name, const Column& value) {
  return bind(cached_->place_of(name), value);
}

Statement& Statement::bind_null(std::string_view name) { return bind(name, Column{}); }

Statement& Statement::bind(int place, std::int64_t value) {
  cached_->reset();
  return bound(sqlite3_bind_int64(cached_->handle, place, value));
}

Statement& Statement::bind(int place, std::string_view value) {
  cached_->reset();
  const char* text = value.data() == nullptr ? "" : value.data();  // A null pointer binds NULL.
  return bound(sqlite3_bind_text(cached_->handle, place, text, static_cast<int>(value.size()),
                                 SQLITE_STATIC));
}

Statement& Statement::bind_copy(int place, std::string_view value) {
  cached_->reset();
  const char* text = value.data() == nullptr ? "" : value.data();
  return bound(sqlite3_bind_text(cached_->handle, place, text, static_cast<int>(value.size()),
                                 SQLITE_TRANSIENT));
}

Statement& Statement::bind(int place, const Column& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return bind(place, *integer);
  if (const auto* text = std::get_if<std::string>(&value)) {
    return bind(place, std::string_view(*text));
  }
  cached_->reset();
  return bound(sqlite3_bind_null(cached_->handle, place));
}

Statement& Statement::bound(int code) {
  if (code != SQLITE_OK) throw_fault(cached_->connection.handle(), "binding: " + sql());
  return *this;
}

void Statement::run() {
  cached_->reset();
  while (step()) {
  }
}

std::optional<Clash> Statement::run_or_clash() {
  cached_->reset();
  int code = cached_->step();
  while (code == SQLITE_ROW) code = cached_->step();
  if (code == SQLITE_DONE) return std::nullopt;
  if (auto clash = last_clash(cached_->connection)) return clash;
  throw_fault(cached_->connection.handle(), sql());
}

std::int64_t Statement::changes() const { return cached_->changes; }

std::optional<Row> Statement::step() {
  const int code = cached_->step();
  if (code == SQLITE_ROW) return Row(cached_->handle);
  if (code == SQLITE_DONE) return std::nullopt;
  throw_fault(cached_->connection.handle(), sql());
}

std::string Statement::sql() const { return sqlite3_sql(cached_->handle); }

Statement Transaction::statement(std::string_view sql) { return connection_.statement(sql); }

const std::atomic<bool>* Transaction::cancelled() const { return connection_.cancelled(); }

void Transaction::script(const std::string& sql) { connection_.script(sql); }

}  // namespace tenon::storage
