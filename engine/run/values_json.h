// Values of any kind as JSON, each with the kind it is of: variables of a run have no column of
// their own. Internal to the room.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/flow/run.h"
#include "engine/value/value.h"

namespace tenon::run {

// [null, ["number", "12.5"], ["reference", "0HB…"]]
std::string text_of(const Values& values);
Values parse_values(std::string_view text);

// {"3": [12, 13]}: people by node.
std::string text_of(const std::map<int, std::vector<flow::UserId>>& people);
std::map<int, std::vector<flow::UserId>> parse_people(std::string_view text);

// [[1, 3, 0]]: version, node, region.
std::string text_of(const std::vector<flow::GoneNode>& gone);
std::vector<flow::GoneNode> parse_gone(std::string_view text);

}  // namespace tenon::run
