// The words of a flow's enumerations, by their place: read and written. Internal to the room.
#pragma once

#include <array>
#include <string_view>

namespace tenon::metadata::flow_words {

inline constexpr std::array<std::string_view, 2> kKinds{"approval", "automation"};
inline constexpr std::array<std::string_view, 3> kLocks{"all", "fields", "none"};
inline constexpr std::array<std::string_view, 2> kRunAs{"bundle", "initiator"};
inline constexpr std::array<std::string_view, 3> kWithdraw{"before_first_decision", "never",
                                                           "anytime"};
inline constexpr std::array<std::string_view, 3> kRecordEvents{"create", "update", "delete"};
inline constexpr std::array<std::string_view, 3> kResults{"completed", "approved", "rejected"};
inline constexpr std::array<std::string_view, 2> kParallel{"all", "any"};
inline constexpr std::array<std::string_view, 4> kVerbs{"create", "update", "delete", "query"};
inline constexpr std::array<std::string_view, 4> kInitiator{"self", "skip", "manager",
                                                            "department_head"};
inline constexpr std::array<std::string_view, 3> kVacancy{"skip", "above", "incident"};
inline constexpr std::array<std::string_view, 3> kRepeat{"none", "consecutive", "all"};
inline constexpr std::array<std::string_view, 5> kEmpty{"flow_admin", "auto_pass", "auto_reject",
                                                        "user", "incident"};
inline constexpr std::array<std::string_view, 6> kModes{"all",   "any",   "sequence",
                                                        "ratio", "count", "weight"};
inline constexpr std::array<std::string_view, 2> kAnyReject{"first", "all"};
inline constexpr std::array<std::string_view, 6> kDueActions{"remind", "escalate", "approve",
                                                             "reject", "transfer", "go_to"};
inline constexpr std::array<std::string_view, 4> kRejects{"end", "to_start", "to_previous",
                                                          "to_node"};
inline constexpr std::array<std::string_view, 3> kRights{"none", "read", "write"};

template <class Enum, std::size_t count>
std::string_view word(const std::array<std::string_view, count>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace tenon::metadata::flow_words
