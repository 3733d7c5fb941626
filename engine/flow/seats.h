// The seats of a visit: opened, counted after every change, closed. Internal to the room.
#pragma once

#include "engine/flow/work.h"

namespace tenon::flow {

void open_visit(Work& work, int token, const Resolution& people);
// Opens whose turn it is, then leaves the node where its votes decide. After every change of seats.
void settle(Work& work, int token);

// One more seat, behind `after` in the order; not opened.
int add_seat(Work& work, const Seat& seat);
void decide(Work& work, int seat, Seat::State state, const By& by);
// By the engine: "timeout", "decided_before".
void decide_automatically(Work& work, int seat, Seat::State state, std::string reason);
// Undecided, with those added to it that are undecided, too.
void remove(Work& work, int seat, Seat::State state, const By* by, std::string reason);
void cancel_seats(Work& work, int token);  // Those that are undecided.
void close_timers(Work& work, int seat);
// Somebody else holds it; the due time stays.
void hand_on(Work& work, int seat, UserId to, const By* by, std::string reason);

// Who is to decide, and until when, as it is now.
void note_due(Work& work, What what, int seat, std::string reason);

// To the admins, by the history: something about this seat cannot be carried out; it stays.
void tell_incident(Work& work, int seat, const Error& error);
// It is not its turn any more. `anew`: as if it had never been opened.
void stand_back(Work& work, int seat, bool anew);

bool holds_seat(const Run& run, int visit, UserId user);  // Undecided, or decided.
void start_due(Work& work, int seat);
// Its times by the definition as it is now, from the first action on. `anew`: when it is due is
// computed, too, from when it was opened; else it stays.
void renew_due(Work& work, int seat, bool anew);
void end_delegation_at(Work& work, int seat, std::int64_t at_ms);

}  // namespace tenon::flow
