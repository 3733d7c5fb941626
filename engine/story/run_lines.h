// A run in the lines of stories: who is asked, what became of seats, what happened. Pure.
#pragma once

#include "engine/flow/preview.h"
#include "engine/flow/step.h"
#include "engine/story/compare.h"

namespace tenon::story {

struct ToldRun {
  const flow::Program& program;
  const flow::Run& run;
  const References& references;
};

// "running", "approved"; "incident no_branch" where it stands still.
std::string state_of(const flow::Run& run);
// "manager: bob, cid", by node: those of several runs are added.
using OpenSeats = std::map<std::string, Lines>;
void add_open(const ToldRun& told, OpenSeats& open);
OpenSeats open_of(const std::vector<metadata::StoryOpen>& expected);
Lines lines_of(const OpenSeats& open);
// "manager bob approved", in the order they were made.
Lines seat_lines(const ToldRun& told);
// From this entry on: "approved manager bob", "transferred manager bob > cid timeout". Not told:
// what only moves tokens (began, entered, opened, branches, joined), and an end by itself.
Lines history_lines(const ToldRun& told, std::size_t from);
// "manager: bob, cid for dan", "manager: incident nobody".
Lines route_lines(const flow::Program& program, const flow::Preview& preview,
                  const References& references);

}  // namespace tenon::story
