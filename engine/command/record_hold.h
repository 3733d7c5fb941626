// Records that runs hold: who may write them meanwhile.
//
// Asked by every command that writes or deletes a record (house.md, step 2). Where the run locks a
// field, only those write it whom an open seat gives it, and the run itself. What is derived is
// written as ever. A record of which no flow holds records costs nothing; another one statement.
#pragma once

#include <vector>

#include "engine/command/context.h"
#include "engine/run/run.h"

namespace tenon::command {

// Written on behalf of a run: by itself (no slots), or by who holds a seat of it.
struct RunPass {
  flow::RunId run;
  std::vector<int> slots = {};  // That a seat gives its holder, whatever their own rights.
};

// A field of lines that refers to something.
struct LineReference {
  const application::Object& lines;
  int slot;
  RecordId target;
};

// `locked` at every field of these slots that may not be written now.
Result<void> check_hold(Context& context, const application::Object& object, RecordId record,
                        const std::vector<int>& slots, const RunPass* pass = nullptr);
// The same of the record as a whole: it is not deleted while a run holds it.
Result<void> check_hold_of_all(Context& context, const application::Object& object, RecordId record,
                               const RunPass* pass = nullptr);

// The same of the fields whose lines refer to `target`, at `slot` of the lines' object: they are
// about to be changed, or to go, with what they refer to.
Result<void> check_hold_of_lines(Context& context, const application::Object& top, RecordId record,
                                 const LineReference& reference, const RunPass* pass = nullptr);

// What holds a record, for those who look at it.
struct Hold {
  flow::RunId run;
  std::vector<int> slots;  // That are locked; empty where `is_whole`.
  bool is_whole = false;
};
std::optional<Hold> hold_of(Context& context, const application::Object& object, RecordId record);

}  // namespace tenon::command
