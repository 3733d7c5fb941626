// The words of a run's enumerations, as tables and the API write them.
#include <array>

#include "engine/flow/run.h"

namespace tenon::flow {
namespace {

constexpr std::array<std::string_view, 3> kStates{"running", "suspended", "finished"};
constexpr std::array<std::string_view, 6> kResults{"",         "completed", "approved",
                                                   "rejected", "withdrawn", "voided"};
constexpr std::array<std::string_view, 35> kWhats{
    "began",     "entered", "skipped",    "opened",     "approved",    "rejected",  "done",
    "returned",  "removed", "cancelled",  "superseded", "transferred", "lent",      "answered",
    "added",     "urged",   "commented",  "copied",     "reminded",    "escalated", "overdue",
    "automatic", "dropped", "taken_back", "branches",   "joined",      "incident",  "retried",
    "passed",    "moved",   "variables",  "approvers",  "suspended",   "resumed",   "finished"};

}  // namespace

std::string_view name_of(RunState state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view name_of(RunResult result) { return kResults[static_cast<std::size_t>(result)]; }
std::string_view name_of(What what) { return kWhats[static_cast<std::size_t>(what)]; }

}  // namespace tenon::flow
