// Which fields of a bundle are kept in a column (engine/decisions/0004).
//
// Given fields, rollups and lookups are; children are not; a formula is where it reads only what is
// kept with its own record or with the records that hold it as a line, and names nothing live and
// no rows (engine/decisions/0010: a sum that is to be kept is a rollup).
#pragma once

#include <set>
#include <string>
#include <utility>

#include "engine/metadata/bundle.h"

namespace tenon::metadata {

class StoredFields {
 public:
  explicit StoredFields(const Bundle& bundle);
  bool contains(const Object& object, const Field& field) const;
  // The formula of a kept field reads fields of the record that holds it.
  bool reads_holder(const Object& object, const Field& field) const;

 private:
  struct Formula;
  bool reads_computed(const Bundle& bundle, const Formula& formula) const;

  std::set<std::pair<std::string, std::string>> formulas_;  // Kept ones, by object and field id.
  std::set<std::pair<std::string, std::string>> upward_;
};

}  // namespace tenon::metadata
