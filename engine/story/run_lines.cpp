#include "engine/story/run_lines.h"

#include <algorithm>
#include <array>

#include "engine/flow/suppressed.h"

namespace tenon::story {
namespace {

using flow::Entry;
using flow::Seat;
using flow::UserId;
using flow::What;

constexpr std::array<std::string_view, 8> kSeatStates{
    "waiting", "open", "approved", "rejected", "done", "returned", "removed", "cancelled"};

// As the story calls them, without the "@".
std::string login_of(UserId user, const References& references) {
  std::string name = references.name_of(user, "somebody");
  return name.starts_with('@') ? name.substr(1) : name;
}

const Seat& seat_at(const flow::Run& run, int place) {
  return run.seats[static_cast<std::size_t>(place)];
}

// What the order of places does not say: added ones follow their owner.
std::vector<int> open_in_order(const flow::Run& run) {
  std::vector<int> places;
  for (std::size_t i = 0; i < run.seats.size(); ++i) {
    if (run.seats[i].state == Seat::State::open) places.push_back(static_cast<int>(i));
  }
  std::stable_sort(places.begin(), places.end(), [&](int a, int b) {
    const Seat& one = seat_at(run, a);
    const Seat& other = seat_at(run, b);
    return one.visit != other.visit ? one.visit < other.visit : one.order < other.order;
  });
  return places;
}

std::string id_in(const ToldRun& told, std::int64_t version, int node) {
  if (version == told.run.version) return told.program.node(node).id;
  const auto earlier = told.earlier.find(version);
  if (earlier == told.earlier.end()) return "?";
  if (node == flow::kStartNode) return std::string(flow::kStartId);
  return earlier->second->nodes[static_cast<std::size_t>(node) - 1].id;
}

std::string node_of(const ToldRun& told, const Seat& seat) {
  if (!flow::is_gone(seat.node)) return told.program.node(seat.node).id;
  const auto& gone = told.run.gone[static_cast<std::size_t>(flow::kGoneNodes - seat.node)];
  return id_in(told, gone.version, gone.node);
}

std::string line_of(const ToldRun& told, const Seat& seat) {
  const auto login = [&](UserId user) { return login_of(user, told.references); };
  std::string line = node_of(told, seat) + " " + login(seat.holder);
  if (seat.behalf_of != flow::kNobody) line += " for " + login(seat.behalf_of);
  const bool has_parent = seat.parent >= 0;
  const std::string owner = has_parent ? " " + login(seat_at(told.run, seat.parent).holder) : "";
  switch (seat.position) {
    case Seat::Position::own: break;
    case Seat::Position::before: line += " before" + owner; break;
    case Seat::Position::after: line += " after" + owner; break;
    case Seat::Position::parallel: line += " parallel"; break;
  }
  if (seat.helper != flow::kNobody) line += " lent " + login(seat.helper);
  line += " " + std::string(kSeatStates[static_cast<std::size_t>(seat.state)]);
  return seat.is_superseded ? line + " superseded" : line;
}

bool is_told(const Entry& entry) {
  switch (entry.what) {
    case What::began:
    case What::entered:
    case What::opened:
    case What::due:
    case What::branches:
    case What::joined: return false;
    case What::finished: return entry.actor != flow::kNobody;
    default: return true;
  }
}

// Of whom an entry is: who did it; else whose seat it is, before it was handed on.
UserId subject_of(const ToldRun& told, const Entry& entry) {
  if (entry.actor != flow::kNobody) return entry.actor;
  if (entry.seat < 0) return flow::kNobody;
  if (entry.what == What::transferred) return entry.behalf_of;
  return seat_at(told.run, entry.seat).holder;
}

std::string line_of(const ToldRun& told, const Entry& entry, std::int64_t version) {
  std::string line(name_of(entry.what));
  if (entry.node >= 0) line += " " + id_in(told, version, entry.node);
  const UserId subject = subject_of(told, entry);
  if (subject != flow::kNobody) line += " " + login_of(subject, told.references);
  const bool is_for = entry.actor != flow::kNobody && entry.behalf_of != flow::kNobody &&
                      entry.what != What::transferred;
  if (is_for) line += " for " + login_of(entry.behalf_of, told.references);
  if (entry.other != flow::kNobody) line += " > " + login_of(entry.other, told.references);
  return entry.reason.empty() ? line : line + " " + entry.reason;
}

}  // namespace

std::string state_of(const flow::Run& run) {
  if (run.state != flow::RunState::finished) {
    for (const flow::Token& token : run.tokens) {
      if (token.is_live() && token.incident) return "incident " + token.incident->rule;
    }
    return std::string(name_of(run.state));
  }
  std::string line(name_of(run.result));
  if (const auto why = flow::why_suppressed(run)) line += " " + why->rule;
  return line;
}

void add_open(const ToldRun& told, OpenSeats& open) {
  for (const int place : open_in_order(told.run)) {
    const Seat& seat = seat_at(told.run, place);
    open[told.program.node(seat.node).id].push_back(login_of(seat.keeper(), told.references));
  }
}

OpenSeats open_of(const std::vector<metadata::StoryOpen>& expected) {
  OpenSeats open;
  for (const metadata::StoryOpen& one : expected) {
    if (one.people.empty()) continue;  // Nobody is asked there.
    for (const std::string& person : one.people) {
      open[one.node].push_back(person.starts_with('@') ? person.substr(1) : person);
    }
  }
  return open;
}

Lines lines_of(const OpenSeats& open) {
  Lines lines;
  for (const auto& [node, people] : open) {
    std::string line = node + ":";
    for (const std::string& person : people) line += (line.back() == ':' ? " " : ", ") + person;
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines seat_lines(const ToldRun& told) {
  Lines lines;
  for (const Seat& seat : told.run.seats) lines.push_back(line_of(told, seat));
  return lines;
}

Lines asked_lines(const ToldRun& told, std::size_t from) {
  Lines lines;
  const auto versions = flow::versions_of_history(told.run);
  for (std::size_t i = from; i < told.run.history.size(); ++i) {
    const Entry& entry = told.run.history[i];
    if (entry.what != What::opened && entry.what != What::due) continue;
    std::string line = id_in(told, versions[i], entry.node);
    line += " " + login_of(entry.other, told.references);
    if (entry.due_ms != 0) line += " until " + text_of(DateTime{entry.due_ms});
    if (!entry.reason.empty()) line += " " + entry.reason;
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines history_lines(const ToldRun& told, std::size_t from) {
  Lines lines;
  const auto versions = flow::versions_of_history(told.run);
  for (std::size_t i = from; i < told.run.history.size(); ++i) {
    if (is_told(told.run.history[i])) {
      lines.push_back(line_of(told, told.run.history[i], versions[i]));
    }
  }
  return lines;
}

Lines route_lines(const flow::Program& program, const flow::Preview& preview,
                  const References& references) {
  Lines lines;
  for (const flow::PreviewStop& stop : preview.stops) {
    std::string line = program.node(stop.node).id + ":";
    for (const flow::Asked& asked : stop.people) {
      line += (line.back() == ':' ? " " : ", ") + login_of(asked.holder, references);
      if (asked.behalf_of != flow::kNobody) line += " for " + login_of(asked.behalf_of, references);
      if (asked.decided_before) line += " by itself";
    }
    if (stop.incident) line += " incident " + stop.incident->rule;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace tenon::story
