// Writes a tree as pieces of SQL. Internal to this room.
//
// Two ways of writing: plain, where an error inside is null, with native operators wherever they
// mean the same; and checked, inside of IFERROR and ISERROR, where an error is a mark that every
// operation hands on (sql_functions.h). Both are linear in the size of the tree.
// Numbers stand as they come (SqlNumber) until two of them meet.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/formula/sql.h"
#include "engine/formula/tree.h"

namespace tenon::formula {

class SqlWriter {
 public:
  explicit SqlWriter(const Tree& tree) : tree_(tree) {}

  Sql natural();
  Sql at_scale(int scale);
  Sql condition();

 private:
  // How a number comes; nothing for a literal (and NULL), which takes any form.
  using Form = std::optional<SqlNumber>;
  Form form(const Node& node) const;
  Form form_of_branches(const Node& node) const;
  bool fits(const Node& literal, const SqlNumber& form) const;
  std::vector<int> branches(const Node& node) const;

  void value(const Node& node);
  void number(const Node& node, SqlNumber wanted);
  void literal_number(const Node& node, SqlNumber wanted);
  void in_form(const Node& node,
               SqlNumber wanted);  // Of either: numbers in the form, others plain.
  void literal(const Node& node);
  void leaf(const Node& node);
  void operation(const Node& node);
  void operands(const Node& node, bool checks);
  void rows(const Node& node, bool checks);
  bool holds(const Node& node);
  bool is_text_already(const Node& node) const;
  void context_of(const Node& node);

  // Where null may stand for false (WHERE, CASE WHEN), and where it may not.
  void condition(const Node& node);
  void truth(const Node& node);
  void logic(const Node& node, bool exact);
  void comparison(const Node& node, bool exact);
  bool against_literal(const Node& node, bool exact);
  void equality(const Node& left, const Node& right, bool equal);
  void order(std::string_view sign, const Node& left, const Node& right, bool exact);
  void membership(const Node& node, bool exact);
  SqlNumber form_of_matched(const Node& node, std::span<const int> others) const;
  bool may_match_null(std::span<const int> others) const;
  void match_operand(const Node& node, SqlNumber wanted, bool with_null);

  void choice(const Node& node, SqlNumber wanted);
  void switched(const Node& node, SqlNumber wanted);

  void checked(const Node& node);

  const Node& child(const Node& node, int index) const {
    return tree_.node(tree_.children[static_cast<std::size_t>(node.first + index)]);
  }
  bool is_literal(const Node& node) const { return node.op == Op::literal; }
  bool is_list_to_join(const Node& node, int place) const;
  SqlWriter& put(std::string_view literal);
  SqlWriter& bind(Column value);
  Sql take(SqlNumber number);

  const Tree& tree_;
  std::vector<SqlPiece> pieces_;
};

}  // namespace tenon::formula
