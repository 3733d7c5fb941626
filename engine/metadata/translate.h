// Walks every reference of a definition and replaces it: names by ids on load, ids by names on
// write. Internal to the room.
//
// One walk serves both ways, so that nothing can be loaded that is not written.
#pragma once

#include <string>

#include "engine/metadata/definitions.h"
#include "engine/metadata/duplicate.h"
#include "engine/metadata/flow.h"
#include "engine/metadata/import.h"
#include "engine/metadata/object.h"
#include "engine/metadata/place.h"
#include "engine/metadata/story.h"
#include "engine/metadata/table.h"

namespace tenon::metadata {

class Translator {
 public:
  virtual ~Translator() = default;
  // Each replaces the reference in place; `object` is always an id.
  // Answers the object's id, which one of the two texts is.
  virtual std::string object(std::string& reference, const Place& place) = 0;
  // Answers the id of the object the field refers to; "" where it is no reference.
  virtual std::string field(const std::string& object, std::string& reference,
                            const Place& place) = 0;
  // Fields joined by ".", perhaps with a "-" before them.
  virtual void path(const std::string& object, std::string& reference, const Place& place) = 0;
  // "lines" or "lines.amount" (many.h). Answers the id of the rows' object; "" where there is none.
  virtual std::string many(const std::string& object, std::string& reference,
                           const Place& place) = 0;
  virtual void formula(const std::string& object, std::string& text, const Place& place) = 0;
  // What may be chosen at a field of `object` that refers to `target`.
  virtual void choice(const std::string& object, const std::string& target, std::string& text,
                      const Place& place) = 0;
  virtual void view(std::string& reference, const Place& place) = 0;
  virtual void report(std::string& reference, const Place& place) = 0;
  virtual void table(std::string& reference, const Place& place) = 0;
  virtual void role(std::string& reference, const Place& place) = 0;
  virtual void flow(std::string& reference, const Place& place) = 0;
  // The name of a column that is left out in the file: filled in on load, left out on write.
  virtual void column_name(const std::string& object, GroupKey& key) = 0;
};

void translate(Object& object, Translator& translator, const Place& place);
void translate(Rule& rule, Translator& translator, const Place& place);
void translate(Role& role, Translator& translator, const Place& place);
void translate(View& view, Translator& translator, const Place& place);
void translate(Page& page, Translator& translator, const Place& place);
void translate(Form& form, Translator& translator, const Place& place);
void translate(Menu& menu, Translator& translator, const Place& place);
void translate(Report& report, Translator& translator, const Place& place);
void translate(Table& table, Translator& translator, const Place& place);
void translate(Duplicate& rule, Translator& translator, const Place& place);
void translate(Flow& flow, Translator& translator, const Place& place);
void translate(ImportMap& map, Translator& translator, const Place& place);
void translate(Story& story, Translator& translator, const Place& place);

// Where a formula within a cell of a table stands: at the cell, where it is the only one.
Place cell_formula_place(const Place& cell, std::size_t index, std::size_t count);

}  // namespace tenon::metadata
