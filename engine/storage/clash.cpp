#include "engine/storage/clash.h"

#include <sqlite3.h>

#include <algorithm>

#include "engine/storage/connection.h"

namespace tenon::storage {
namespace {

constexpr std::string_view kIndex = R"sql(
  SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND name = :name
)sql";
constexpr std::string_view kColumnsOfTable = "SELECT name FROM pragma_table_info(:name)";

constexpr std::string_view kPrefix = "UNIQUE constraint failed: ";
constexpr std::string_view kIndexPrefix = "index '";

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Where the word begins as a whole word, npos where it does not occur.
std::size_t find_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !is_word(text[at - 1]);
    if (starts && (end == text.size() || !is_word(text[end]))) return at;
  }
  return text.npos;
}

// The columns that an index on expressions names, in their order.
std::vector<std::string> named_columns(std::string_view definition,
                                       const std::vector<std::string>& columns) {
  const std::string_view terms =
      definition.substr(std::min(definition.find('('), definition.size()));
  const std::string_view list = terms.substr(0, terms.rfind(") WHERE"));
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& column : columns) {
    const std::size_t at = find_word(list, column);
    if (at != list.npos) found.emplace_back(at, column);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> names;
  for (auto& [at, name] : found) names.push_back(std::move(name));
  return names;
}

Clash clash_of_index(Connection& connection, std::string_view name) {
  Clash clash;
  std::string definition;
  connection.statement(kIndex).bind(":name", name).one([&](const Row& row) {
    clash.table = row.text(0);
    definition = row.text(1);
    return true;
  });
  const auto columns =
      connection.statement(kColumnsOfTable).bind(":name", clash.table).all([](const Row& row) {
        return row.text(0);
      });
  clash.columns = named_columns(definition, columns);
  return clash;
}

// "t.a, t.b"
Clash clash_of_columns(std::string_view list) {
  Clash clash;
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(", "));
    const std::size_t point = item.find('.');
    clash.table = item.substr(0, point);
    clash.columns.emplace_back(item.substr(point + 1));
    list.remove_prefix(std::min(list.size(), item.size() + 2));
  }
  return clash;
}

bool is_clash(int code) {
  return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
         code == SQLITE_CONSTRAINT_ROWID;
}

}  // namespace

std::optional<Clash> last_clash(Connection& connection) {
  if (!is_clash(sqlite3_extended_errcode(connection.handle()))) return std::nullopt;
  const std::string message = sqlite3_errmsg(connection.handle());
  std::string_view what = message;
  if (!what.starts_with(kPrefix)) return std::nullopt;
  what.remove_prefix(kPrefix.size());
  if (!what.starts_with(kIndexPrefix)) return clash_of_columns(what);
  what.remove_prefix(kIndexPrefix.size());
  return clash_of_index(connection, what.substr(0, what.rfind('\'')));
}

}  // namespace tenon::storage
