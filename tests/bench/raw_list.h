// A page of items by a statement written by hand, prepared once, and its JSON.
#pragma once

#include <string>

#include "engine/base/id.h"
#include "engine/query/list.h"
#include "tests/bench/raw_database.h"

namespace tenon::bench {

// The same question as an API client would put it.
query::ListRecords page_query();
std::string page_target();

// Byte for byte what the product answers to it.
class RawList {
 public:
  RawList(const std::string& database, RecordId owner);
  std::string page();

 private:
  RawDatabase database_;
  RawStatement select_;
};

}  // namespace tenon::bench
