// Records change hands by the rules of their pool: claimed out of it, given back, taken back,
// extended, assigned by whoever manages it.
//
// Each is asked of query/ownership.h first, so what is refused was not offered; then it goes the
// write path: derived fields, rules, one event, one entry in the ledger. The right to do so comes
// from the pool and not from the object's scopes: a member who could write no owner may claim.
#pragma once

#include <string>
#include <string_view>

#include "engine/command/context.h"
#include "engine/json/document.h"

namespace tenon::command {

enum class HandAction { claim, release, take_back, extend, assign };
// As in addresses and stories: "claim", "release", "return", "extend", "assign".
std::optional<HandAction> find_hand_action(std::string_view name);

struct HandDetails {
  RecordId user;       // Of assign: to whom.
  std::string reason;  // As somebody says it; goes to the ledger.
};

struct ChangeHands {
  const application::Object* object;  // Of the context's application.
  RecordId id;
  HandAction action;
  HandDetails details;
};

// {"user": id, "reason": text}, both may be left out.
Result<HandDetails> parse_hand_details(json::Reader reader);

// Refused: `not_found` where the actor neither sees the record nor belongs to its pool; `denied`
// where it is not theirs to do; `invalid` with a problem per rule that does not allow it now;
// `conflict`, rule "taken", where somebody else has claimed it, by name.
Result<Reply> change_hands(Context& context, const ChangeHands& command);

// What is due goes back, for the reason of this name (return_due.h).
Result<void> return_by_itself(Context& context, const application::Object& object,
                              const record::Record& record, const std::string& due_rule);

}  // namespace tenon::command
