#include <algorithm>
#include <array>
#include <span>

#include "engine/flow/words.h"

namespace tenon::flow {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 3> kRunStates{"running", "suspended", "finished"};
constexpr std::array<std::string_view, 7> kResults{
    "", "completed", "approved", "rejected", "withdrawn", "voided", "suppressed"};
constexpr std::array<std::string_view, 37> kWhats{
    "began",     "entered", "skipped",    "opened",     "approved",    "rejected",  "done",
    "returned",  "removed", "cancelled",  "superseded", "transferred", "lent",      "answered",
    "added",     "urged",   "commented",  "copied",     "reminded",    "escalated", "overdue",
    "automatic", "dropped", "taken_back", "branches",   "joined",      "incident",  "retried",
    "passed",    "moved",   "variables",  "approvers",  "suspended",   "resumed",   "due",
    "migrated",  "finished"};
constexpr std::array<std::string_view, 3> kScopeStates{"open", "done", "cancelled"};
constexpr std::array<std::string_view, 9> kTokenStates{
    "ready", "asking", "waiting", "people", "forked", "calling", "incident", "left", "cancelled"};
constexpr std::array<std::string_view, 8> kSeatStates{
    "waiting", "open", "approved", "rejected", "done", "returned", "removed", "cancelled"};
constexpr std::array<std::string_view, 4> kPositions{"own", "before", "after", "parallel"};
constexpr std::array<std::string_view, 3> kTimerStates{"set", "fired", "cancelled"};
constexpr std::array<std::string_view, 4> kSubscriptionStates{"open", "heard", "met", "cancelled"};

// By a value of the enumeration, which only says which.
Words words_of(RunState) { return kRunStates; }
Words words_of(RunResult) { return kResults; }
Words words_of(What) { return kWhats; }
Words words_of(Scope::State) { return kScopeStates; }
Words words_of(Token::State) { return kTokenStates; }
Words words_of(Seat::State) { return kSeatStates; }
Words words_of(Seat::Position) { return kPositions; }
Words words_of(Timer::State) { return kTimerStates; }
Words words_of(Subscription::State) { return kSubscriptionStates; }

template <class Word>
std::string_view word_of(Word word) {
  return words_of(word)[static_cast<std::size_t>(word)];
}

}  // namespace

std::string_view name_of(RunState state) { return word_of(state); }
std::string_view name_of(RunResult result) { return word_of(result); }
std::string_view name_of(What what) { return word_of(what); }
std::string_view name_of(Scope::State state) { return word_of(state); }
std::string_view name_of(Token::State state) { return word_of(state); }
std::string_view name_of(Seat::State state) { return word_of(state); }
std::string_view name_of(Seat::Position position) { return word_of(position); }
std::string_view name_of(Timer::State state) { return word_of(state); }
std::string_view name_of(Subscription::State state) { return word_of(state); }

template <class Word>
std::optional<Word> find_word(std::string_view name) {
  const Words words = words_of(Word{});
  const auto found = std::find(words.begin(), words.end(), name);
  if (found == words.end()) return std::nullopt;
  return static_cast<Word>(found - words.begin());
}

template std::optional<RunState> find_word(std::string_view name);
template std::optional<RunResult> find_word(std::string_view name);
template std::optional<What> find_word(std::string_view name);
template std::optional<Scope::State> find_word(std::string_view name);
template std::optional<Token::State> find_word(std::string_view name);
template std::optional<Seat::State> find_word(std::string_view name);
template std::optional<Seat::Position> find_word(std::string_view name);
template std::optional<Timer::State> find_word(std::string_view name);
template std::optional<Subscription::State> find_word(std::string_view name);

}  // namespace tenon::flow
