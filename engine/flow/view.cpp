#include "engine/flow/view.h"

#include <algorithm>

namespace tenon::flow {
namespace {

template <class Test>
std::vector<int> seats_where(const Run& run, Test test) {
  std::vector<int> seats;
  for (std::size_t i = 0; i < run.seats.size(); ++i) {
    if (run.seats[i].state == Seat::State::open && test(run.seats[i])) {
      seats.push_back(static_cast<int>(i));
    }
  }
  return seats;
}

}  // namespace

std::vector<int> open_seats(const Run& run) {
  return seats_where(run, [](const Seat&) { return true; });
}

std::vector<int> open_seats(const Run& run, UserId user) {
  return seats_where(run, [&](const Seat& seat) { return seat.keeper() == user; });
}

bool locks(const Program& program, const Run& run, int slot) {
  if (run.state == RunState::finished) return false;
  switch (program.settings.lock) {
    case metadata::LockMode::all: return true;
    case metadata::LockMode::none: return false;
    case metadata::LockMode::fields: break;
  }
  const auto& slots = program.lock_slots;
  return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

std::optional<metadata::FieldRight> given_right(const Program& program, const Run& run, UserId user,
                                                int slot) {
  using metadata::FieldRight;
  std::optional<FieldRight> given;
  bool is_sent_back = false;
  for (const int place : open_seats(run, user)) {
    const int node = run.seats[static_cast<std::size_t>(place)].node;
    is_sent_back |= node == kStartNode;
    for (const auto& [field, right] : program.node(node).people->fields) {
      if (field == slot) given = given ? std::max(*given, right) : right;
    }
  }
  if (is_sent_back) return FieldRight::write;  // The initiator mends it.
  return given;
}

metadata::FieldRight right_of(const Program& program, const Run& run, UserId user, int slot) {
  using metadata::FieldRight;
  if (const auto given = given_right(program, run, user, slot)) return *given;
  return locks(program, run, slot) ? FieldRight::read : FieldRight::write;
}

std::int64_t stood_since(const Run& run, std::int64_t since_ms) {
  std::int64_t stood_ms = 0;
  std::int64_t suspended_ms = 0;
  for (const Entry& entry : run.history) {
    if (entry.what == What::suspended) suspended_ms = entry.at_ms;
    if (entry.what != What::resumed || entry.at_ms <= since_ms) continue;
    stood_ms += entry.at_ms - std::max(suspended_ms, since_ms);
  }
  return stood_ms;
}

bool is_ticking(const Run& run, const Timer& timer) {
  if (timer.state != Timer::State::set) return false;
  if (timer.seat < 0 || timer.action == kDelegationEnds) return true;
  return run.seats[static_cast<std::size_t>(timer.seat)].state == Seat::State::open;
}

std::optional<std::int64_t> next_timer_ms(const Run& run) {
  std::optional<std::int64_t> next;
  if (run.state != RunState::running) return next;
  for (const Timer& timer : run.timers) {
    if (is_ticking(run, timer) && (!next || timer.at_ms < *next)) next = timer.at_ms;
  }
  return next;
}

}  // namespace tenon::flow
