// Reads the members of one JSON object and collects every problem, not only the first.
//
//   json::Members members(reader, problems);
//   if (const auto name = members.required("name")) …
//   members.finish();   // Members that nobody asked for are problems, with a suggestion.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/json/document.h"

namespace tenon::json {

class Members {
 public:
  // Not an object: a problem, and every member is absent.
  Members(Reader object, std::vector<Problem>& problems);

  // Absent or null: nothing. (null means "not given" everywhere in definitions and requests, but
  // for values of fields, which are read with present().)
  std::optional<Reader> optional(std::string_view name);
  // Absent or null: a problem.
  std::optional<Reader> required(std::string_view name);
  // Absent: nothing; null is handed out.
  std::optional<Reader> present(std::string_view name);

  // The same, of a given kind; another kind is a problem.
  std::optional<std::string> text(std::string_view name);
  std::optional<std::string> required_text(std::string_view name);
  std::optional<bool> boolean(std::string_view name);
  std::optional<std::int64_t> integer(std::string_view name);

  void finish();

  Reader reader() const { return object_; }
  std::vector<Problem>& problems() { return problems_; }

 private:
  Reader object_;
  std::vector<Problem>& problems_;
  std::vector<std::string_view> asked_;
};

// Puts the error's problems at the end of the list.
void collect(std::vector<Problem>& problems, Error error);

}  // namespace tenon::json
