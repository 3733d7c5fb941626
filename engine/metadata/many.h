// The many records behind one name of an object: its lines, or the records that refer back to it.
//
// Lines are kept as records of their own object, which refer to what holds them by a field that
// load adds (`held_by`): so both are rows of another object, with a reference. The name of a back
// reference has no id of its own; its symbolic form is "<object>__<field>", of the field that
// refers. Pure look-up in a bundle; the rows themselves are found in engine/command.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/metadata/bundle.h"

namespace tenon::metadata {

struct Many {
  std::string id;          // Stable: of the children field, or of the field that refers back.
  std::string name;        // Current.
  const Object* rows;      // The object of the rows.
  const Field* reference;  // In `rows`: leads to what is counted for.
  bool is_lines;
};

// By its name, or by its id. Of an object that is not yet sound: nothing where a part is missing.
std::optional<Many> find_many(const Bundle& bundle, const std::string& object,
                              std::string_view name, BundleNames::By by);
std::vector<std::string> names_of_many(const Bundle& bundle, const std::string& object);

// The current name of a field, of lines, or of records that refer back; the id where there is none.
std::string current_name(const Bundle& bundle, const std::string& object, const std::string& id);

// The reference that load adds for this children field, as "<object>.<field>".
std::string held_by(const Object& holder, const Field& children);

// The object whose records hold lines of this object, directly or in lines between; null where its
// records stand for themselves.
const Object* top_of_lines(const Bundle& bundle, const Object& object);
bool is_line_object(const Object& object);

// "lines.amount" in its two parts; the second may be empty.
struct ManyPath {
  std::string_view many;
  std::string_view field;
};
ManyPath many_path(std::string_view text);

// Adds the references to line objects. Problems at the children fields: what cannot hold lines so.
struct Draft;
void add_parents(Draft& draft);

}  // namespace tenon::metadata
