// The one query compiler: tables, joins and columns of a SELECT, with the actor's permissions
// inside every table reference.
//
// A Select begins with its object's table, already filtered to what the actor may see. column()
// adds the joins a path needs, each with its own filter, so that what lies behind an invisible
// record is empty. Fields computed on read are expanded as the system (engine/decisions: whoever
// may read a derived field sees its value). Rows that a formula aggregates are a Select within,
// with the same filter inside. Names come from the application, never from a request; values are
// bound.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/formula/sql.h"
#include "engine/query/context.h"
#include "engine/storage/sql_builder.h"

namespace tenon::query {

// A way from an object over references to a field: every step but the last is a reference.
struct Path {
  struct Step {
    const application::Object* object;
    int slot;
  };
  std::vector<Step> steps;
  std::string text;      // As it was asked for.
  bool is_bare = false;  // Of money in several currencies: "price.amount".

  const Step& last() const { return steps.back(); }
  const Type& type() const;
  // Money in several currencies with both its parts; the way to its currency.
  bool is_whole() const;
  Path currency() const;
  bool is_part_of_money() const;
  // The object referred to, where the last field is a reference; else null.
  const application::Object* target(const application::Application& app) const;
};

// What a column with it is called: the label of the last field.
std::string label_of(const Path& path, std::string_view locale);

// "customer.name" as the actor may read it; `invalid` with a suggestion at `at` where not.
// `is_held`: the object is asked behind a readable field that refers to it.
Result<Path> resolve(const Context& context, const application::Object& object,
                     std::string_view text, const std::string& at, bool is_held = false);

class Select {
 public:
  Select(const Context& context, const application::Object& object);

  // The SQL of a field: scaled integers and the like, as in its column.
  storage::SqlBuilder column(const Path& path);
  storage::SqlBuilder column(int slot);  // Of the object itself.
  storage::SqlBuilder column(const formula::Path& path);
  // Whether the reference at this slot is this record, or the list there holds it.
  storage::SqlBuilder refers(int slot, const storage::SqlBuilder& target);
  storage::SqlBuilder refers_to_any(int slot, std::span<const RecordId> targets);
  // A compiled formula over the object, with the Needs it was compiled with.
  storage::SqlBuilder formula(const formula::Formula& formula, const formula::Needs& needs);
  storage::SqlBuilder formula(const formula::Formula& formula, const formula::Needs& needs,
                              int scale);

  // A filter as a person wrote it, over what the actor may read.
  Result<storage::SqlBuilder> filter(std::string_view text, const std::string& at);

  // Refused as `limit` at `at` where what was asked for so far follows too many references. To be
  // asked once all columns are there, before from_where().
  Result<void> check_joins(const std::string& at) const;

  // Refused as `conflict` where the field is still being worked out and is nowhere yet: to be asked
  // of what something is sorted, grouped or measured by. filter() asks it of itself.
  Result<void> check_built(const Path& path, const std::string& at);

  // FROM … JOIN … WHERE the permission holds AND every condition added.
  void where(storage::SqlBuilder condition);
  storage::SqlBuilder from_where() const;

  const application::Object& object() const { return object_; }

 private:
  struct Source {
    const application::Object* object;
    int parent;      // -1: the object itself; -2: the user who asks.
    int slot;        // Of the parent's reference.
    bool as_system;  // Without the actor's filter.
  };
  // The row that an aggregate looks at.
  struct RowOf {
    Select* select;
    const formula::ManyNeed* need;
  };

  Select(const Select& outer, const application::Object& rows, bool as_system);

  int source(int parent, int slot, const application::Object& target, bool as_system);
  storage::SqlBuilder column_at(int source, int slot);    // As the actor sees it.
  storage::SqlBuilder kept_column(int source, int slot);  // As it is.
  storage::SqlBuilder pieces(const std::vector<formula::SqlPiece>& pieces,
                             const formula::Needs& needs, int source, bool as_system,
                             const RowOf* row = nullptr);
  storage::SqlBuilder rows(const formula::SqlRows& rows, const formula::Needs& needs, int source,
                           bool as_system);
  storage::SqlBuilder context_value(formula::SqlContext::Name name, int source) const;
  // Of a source within this Select, told from those of the Selects around it.
  std::string alias(int source) const;
  std::size_t asked_tables() const;
  storage::SqlBuilder holding(int source, int slot, bool as_system);
  storage::SqlBuilder path_at(const formula::Path& path, int source, bool as_system);
  storage::SqlBuilder join_key(const Source& to) const;
  void visible_rows(storage::SqlBuilder& sql, int source) const;
  void owned_rows(storage::SqlBuilder& sql, const application::Object& owned,
                  const std::string& alias, const permission::RowFilter& filter) const;

  // The field that waits and was asked for since the last forgetting; null object: none.
  struct Waiting {
    const application::Object* object = nullptr;
    int slot = 0;
  };
  Result<void> check_waiting(const std::string& at);

  const Context& context_;
  const application::Object& object_;
  Waiting waiting_;
  int depth_ = 0;  // Of Selects around it.
  std::vector<Source> sources_;
  std::size_t row_tables_ = 0;        // Of the Selects within.
  std::size_t asked_row_tables_ = 0;  // Those that the caller asked for.
  std::vector<storage::SqlBuilder> conditions_;
};

}  // namespace tenon::query
