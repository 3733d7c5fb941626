// The words of a run's enumerations, as tables and the API write them; and back.
#pragma once

#include <optional>
#include <string_view>

#include "engine/flow/run.h"

namespace tenon::flow {

std::string_view name_of(Scope::State state);
std::string_view name_of(Token::State state);
std::string_view name_of(Seat::State state);
std::string_view name_of(Seat::Position position);
std::string_view name_of(Timer::State state);
std::string_view name_of(Subscription::State state);

// Of every enumeration above, RunState, RunResult and What; nothing where there is no such word.
template <class Word>
std::optional<Word> find_word(std::string_view name);

}  // namespace tenon::flow
