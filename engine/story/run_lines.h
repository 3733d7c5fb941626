// A run in the lines of stories: who is asked, what became of seats, what happened. Pure.
#pragma once

#include <map>
#include <memory>

#include "engine/flow/preview.h"
#include "engine/flow/step.h"
#include "engine/metadata/flow.h"
#include "engine/story/compare.h"

namespace tenon::story {

// Definitions of earlier versions, where nodes of its history are.
using Earlier = std::map<std::int64_t, std::shared_ptr<const metadata::Flow>>;

struct ToldRun {
  const flow::Program& program;
  const flow::Run& run;
  const References& references;
  const Earlier& earlier;
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
// Who was asked, and whose due time moved: "manager bob until 2027-03-03T01:00:00Z resumed".
Lines asked_lines(const ToldRun& told, std::size_t from);
// "manager: bob, cid for dan", "manager: incident nobody".
Lines route_lines(const flow::Program& program, const flow::Preview& preview,
                  const References& references);

}  // namespace tenon::story
