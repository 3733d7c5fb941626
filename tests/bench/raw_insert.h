// The least that keeps a record and its event: both rows by prepared statements, in groups.
#pragma once

#include <chrono>
#include <string>

#include "engine/base/id.h"
#include "tests/bench/load_client.h"
#include "tests/bench/raw_database.h"

namespace tenon::bench {

// On a copy of a database that the product has made, with all its indexes. What is inserted is a
// record that is there, and its event, again and again: only ids and the unique code differ.
class RawInsert {
 public:
  RawInsert(const std::string& database, RecordId record, std::string code);

  // One transaction for each group, a savepoint for each record. Replies are records kept; their
  // times are those of their groups.
  LoadResult run(int group, std::chrono::milliseconds time);

 private:
  void insert_one();

  RawDatabase database_;
  std::string code_;  // In the row and, somewhere, in the event's body.
  std::string body_;
  std::size_t code_at_ = 0;
  RawStatement begin_;
  RawStatement commit_;
  RawStatement savepoint_;
  RawStatement release_;
  RawStatement record_;
  RawStatement event_;
  int record_code_ = 0;  // Places of what differs.
  int event_id_ = 0;
  int event_record_ = 0;
  int event_command_ = 0;
  int event_body_ = 0;
  std::int64_t next_id_ = 0;
  std::uint64_t number_ = 0;
};

}  // namespace tenon::bench
