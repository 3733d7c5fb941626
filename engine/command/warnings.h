// What is told beside a write, or a check of one, without hindering it: rules of which no input
// changed, and records that are likely the same.
#pragma once

#include "engine/command/context.h"
#include "engine/command/duplicates.h"
#include "engine/rule/judge.h"

namespace tenon::command {

// Without those about fields that the actor may not read: unlike a refusal, nothing needs to be
// said in their place.
std::vector<Warning> warnings_of(const Context& context, const application::Object& object,
                                 const rule::Verdict& verdict, const Duplicates& duplicates);

}  // namespace tenon::command
