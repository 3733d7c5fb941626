// What the tables of a run's elements share. Internal to the room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/flow/words.h"
#include "engine/run/inbox.h"
#include "engine/run/run.h"

namespace tenon::run {

// Writes what differs: `keep` inserts or overwrites the row (:run, :place); `bind` binds the rest.
template <class Element, class Bind>
void write_rows(storage::Transaction& tx, std::string_view keep, RunId run,
                const std::vector<Element>* before, const std::vector<Element>& after, Bind bind) {
  const std::size_t known = before == nullptr ? 0 : before->size();
  for (std::size_t place = 0; place < after.size(); ++place) {
    if (place < known && (*before)[place] == after[place]) continue;
    auto statement = tx.statement(keep);
    statement.bind(":run", run.value).bind(":place", static_cast<std::int64_t>(place));
    bind(statement, after[place], place);
    statement.run();
  }
}

// The elements of a run in their order; none is asked for where there are none.
template <class Read>
auto read_rows(storage::Transaction& tx, std::string_view select, RunId run, std::size_t count,
               Read read) {
  std::vector<decltype(read(std::declval<const storage::Row&>()))> rows;
  if (count == 0) return rows;
  rows.reserve(count);
  auto statement = tx.statement(select);
  statement.bind(":run", run.value);
  statement.each([&](const storage::Row& row) { rows.push_back(read(row)); });
  if (rows.size() != count) throw Fault("rows of run " + text_of(run) + " are missing");
  return rows;
}

template <class Word>
Word word_at(const storage::Row& row, int column) {
  const auto word = flow::find_word<Word>(row.view(column));
  if (!word) throw Fault("no word of a run: " + row.text(column));
  return *word;
}

inline int int_at(const storage::Row& row, int column) {
  return static_cast<int>(row.integer(column));
}

// A seat out of 21 columns of flow_task, from `first` on: token node visit turn parent position
// added_by holder behalf_of helper weight state opened_ms due_ms urged_ms actor decided_ms decision
// record_version comment is_superseded. task_table.cpp
flow::Seat seat_of(const storage::Row& row, int first);

// A run's head out of the first ten columns: id flow version object record initiator state result
// started_ms finished_ms. inbox_table.cpp
Head head_of(const storage::Row& row);

// How many elements a run has: those that have none are not asked for.
struct Counts {
  std::size_t scopes = 0;
  std::size_t tokens = 0;
  std::size_t seats = 0;
  std::size_t timers = 0;
  std::size_t subscriptions = 0;
  std::size_t history = 0;
};

// run_table.cpp
storage::Migrations run_migrations();
std::optional<Kept> read_head(storage::Transaction& tx, RunId id, Counts& counts);
std::optional<storage::Clash> insert_head(storage::Transaction& tx, const Kept& kept);
void update_head(storage::Transaction& tx, const Kept& kept);

// scope_table.cpp, token_table.cpp, task_table.cpp, timer_table.cpp, subscription_table.cpp,
// history_table.cpp. `before` null: all are new.
storage::Migrations scope_migrations();
storage::Migrations token_migrations();
storage::Migrations task_migrations();
storage::Migrations timer_migrations();
storage::Migrations subscription_migrations();
storage::Migrations history_migrations();
std::vector<flow::Scope> read_scopes(storage::Transaction& tx, RunId run, std::size_t count);
void read_tokens(storage::Transaction& tx, Kept& kept, std::size_t count);
std::vector<flow::Seat> read_seats(storage::Transaction& tx, RunId run, std::size_t count);
std::vector<flow::Timer> read_timers(storage::Transaction& tx, RunId run, std::size_t count);
std::vector<flow::Subscription> read_subscriptions(storage::Transaction& tx, RunId run,
                                                   std::size_t count);
std::vector<flow::Entry> read_history(storage::Transaction& tx, RunId run, std::size_t count);
void write_scopes(storage::Transaction& tx, const flow::Run* before, const flow::Run& after);
void write_tokens(storage::Transaction& tx, const Kept* before, Kept& after, std::int64_t now_ms);
void write_seats(storage::Transaction& tx, const flow::Run* before, const flow::Run& after);
void write_timers(storage::Transaction& tx, const flow::Run* before, const flow::Run& after);
void write_subscriptions(storage::Transaction& tx, const flow::Run* before, const flow::Run& after);
void write_history(storage::Transaction& tx, const flow::Run* before, const flow::Run& after);

}  // namespace tenon::run
