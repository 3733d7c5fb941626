// Builds SQL out of fragments, names and bindings, never out of strings.
//
// A fragment is a literal, checked by the compiler; a name is one that the catalogue made, or it is
// a Fault; a value becomes a binding. So no input can become SQL. Builders nest: append() numbers
// the bindings of both anew. The same shape gives the same text, and so the same prepared
// statement.
//   sql.text("SELECT ").name(column).text(" FROM ").name(table).text(" WHERE id = ").bind(id);
//   sql.text(descending ? Fragment(" DESC") : Fragment(""));
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/database.h"
#include "engine/storage/dialect.h"
#include "engine/value/column.h"

namespace tenon::storage {

// SQL written in the source: only the compiler can make one.
class Fragment {
 public:
  consteval Fragment(const char* literal) : text_(literal) {}
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class SqlBuilder {
 public:
  explicit SqlBuilder(const Dialect& dialect = sqlite()) : dialect_(&dialect) {}

  SqlBuilder& text(Fragment fragment);
  // A physical name (record/catalogue.h): lower_snake_case, and no word of SQL.
  SqlBuilder& name(std::string_view name);
  SqlBuilder& bind(Column value);
  // A value that is only known when the statement is run, by a number of the caller's own: so the
  // same SQL can be kept and asked by others, at another time.
  SqlBuilder& bind_later(int what);
  SqlBuilder& append(const SqlBuilder& other);
  // Whether the integer written before is in a list: one binding, a JSON array ("[1,2]").
  SqlBuilder& in_list(std::string json);
  SqlBuilder& in_list_later(int what);
  // A view of a literal of another room (formula::Sql). For nothing else; tests/tidy knows who.
  SqlBuilder& fragment(std::string_view literal);

  bool is_empty() const { return text_.empty() && bindings_.empty(); }
  std::string sql() const;
  const std::vector<Column>& bindings() const { return bindings_; }
  // The builder must live until the statement has run. `later` is asked for what was left open; its
  // texts are copied.
  void bind_all(Statement& statement) const;
  void bind_all(Statement& statement, const std::function<Column(int what)>& later) const;

 private:
  static constexpr int kKnown = -1;

  const Dialect* dialect_;
  std::string text_;                 // Without the placeholders.
  std::vector<std::size_t> places_;  // Of the bindings, in the text.
  std::vector<Column> bindings_;
  std::vector<int> later_;  // By binding: what is bound later, kKnown where the value is there.
};

}  // namespace tenon::storage
