// Who gets a new request of the bench's bundle: a decision table of 200 rows, and the teams that it
// names. Made here rather than written down: forty regions by five sizes, the strategies in turn.
#pragma once

#include <string>
#include <vector>

#include "engine/json/document.h"
#include "runtime/cli/door.h"

namespace tenon::bench {

inline constexpr int kRegions = 40;

// The file tables/request_routing.json.
std::string request_routing();
// Each of these people in one of them.
void make_teams(cli::Door& door, const std::vector<std::string>& people);

// The n-th new request, as a client sends it; without an owner the table finds one. Nine of ten are
// done as they come, and all whose owner is given: people have some open ones, not all there ever
// were.
std::string request_json(std::uint64_t number, const std::string& owner);

// What a door answers to a POST; throws Fault where it refuses. And a text in it.
json::Document answer_of(cli::Door& door, const std::string& target, const std::string& body);
std::string member_text(const json::Document& document, std::string_view name);

}  // namespace tenon::bench
