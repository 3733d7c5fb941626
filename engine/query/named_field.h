// Fields of the system's own objects by name: what the engine itself reads of people, teams,
// calendars and files. An object that lacks such a field is a Fault: a bundle may add fields to
// them, not take any away.
#pragma once

#include <string>

#include "engine/application/application.h"

namespace tenon::query {

// The name of its column; it has one.
const std::string& column_of(const application::Object& object, std::string_view field);
const Value& value_of(const application::Object& object, const record::Record& record,
                      std::string_view field);
// "" where it is empty, or no text.
std::string text_of(const application::Object& object, const record::Record& record,
                    std::string_view field);

}  // namespace tenon::query
