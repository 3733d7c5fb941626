// The lines of a record while it is a draft: read all at once, changed as the input says.
//
// One read for each children field and level, whatever the number of lines. Nothing is written here
// (save.h); derived fields are worked out in derivation.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/command/context.h"
#include "engine/command/input.h"
#include "engine/query/rows.h"

namespace tenon::command {

struct LineDraft;

// What one record or line holds at one children field, in order; removed ones among them.
struct LinesDraft {
  const application::Children* children;
  std::vector<LineDraft> lines;

  const application::Object& object() const { return *children->lines; }
};

struct LineDraft {
  record::Record record;                 // As it would be; new lines have their id already.
  std::optional<record::Record> before;  // Nothing: a new line.
  bool is_given = false;                 // The input names it.
  bool is_removed = false;
  std::string at;  // In the caller's input; "lines/<id>" where it is not given there.
  Values paths;    // By place in the lines' needs.
  Values paths_before;
  std::vector<bool> changed;  // Needs that differ from those before.
  std::vector<bool> written;  // Slots that the input sets to another value.
  query::GatheredRows many;   // What its aggregates run over.
  std::vector<LinesDraft> lines;

  const record::Record* before_record() const { return before ? &*before : nullptr; }
};

// One group per children field of the object; empty ones for a record that is yet to be.
std::vector<LinesDraft> read_lines(Context& context, const application::Object& object,
                                   std::optional<RecordId> record);

// Refused: a line that is not there, more lines than a record may hold, a new record's form for one
// that exists. New lines are without defaults.
Result<void> put_lines(Context& context, const application::Object& object, RecordId record,
                       const Input& input, bool is_new, std::vector<LinesDraft>& groups);

// Sets what the input gives and notes which slots thereby get another value.
void write_input(const Input& input, Values& fields, std::vector<bool>& written);

// Notes the children fields whose lines the input has changed, here and in lines that it names: to
// be asked right after put_lines().
void note_written_lines(std::vector<LinesDraft>& groups, std::vector<bool>& written);

// With all that it holds.
void remove_line(LineDraft& line);

// f(object of the line, line), the holder before what it holds; removed ones, too.
template <class F>
void for_each_line(std::vector<LinesDraft>& groups, const F& f) {
  for (LinesDraft& group : groups) {
    for (LineDraft& line : group.lines) {
      f(group.object(), line);
      for_each_line(line.lines, f);
    }
  }
}

// Every object whose records are lines under this one, each once.
std::vector<const application::Object*> line_objects(const application::Object& object);

}  // namespace tenon::command
