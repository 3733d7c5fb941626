// A bundle on its way in: what its files say, where each thing stands, what is wrong so far.
// Internal to the room.
//
//   read_draft → names as written · resolve (resolve.h) → ids · check_* (checks.h) → findings
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/json/document.h"
#include "engine/metadata/bundle.h"
#include "engine/metadata/check.h"
#include "engine/metadata/import.h"
#include "engine/metadata/place.h"
#include "engine/metadata/story.h"

namespace tenon::metadata {

struct Draft {
  Bundle own;  // What this bundle's files bring: extensions with their own fields only.
  std::vector<ImportMap> imports;
  std::vector<Story> stories;
  std::map<std::string, json::Document> documents;  // By file.
  std::map<std::string, std::string> files;         // "objects/<id>" → the file it stands in.
  std::map<std::string, std::string> formulas;      // Place's text → formula as written.
  std::set<std::string> broken_formulas;            // Places; what is wrong was said.
  Findings findings;

  Place place(std::string_view folder, const std::string& id) const;
  // Where the lists of ids point after load; extended objects' fields count within the file.
  Place field_place(const Object& object, std::size_t field) const;
  void problem(const Place& place, std::string rule, std::string message);
  void warning(const Place& place, std::string rule, std::string message);
};

// Parses every file. Definitions without a name, or with one used before, are left out.
Draft read_draft(const Files& files);

// The bundle with what it requires: lists sorted by id, extensions' fields behind the others.
Bundle compose(const Bundle* required, const Bundle& own);

// Puts the line before each message and everything in the order of the files.
Findings in_order(Draft& draft);

}  // namespace tenon::metadata
