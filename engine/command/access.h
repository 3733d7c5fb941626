// The three questions a command asks of permissions: the door, the record, the outcome.
#pragma once

#include <set>

#include "engine/command/context.h"
#include "engine/command/input.h"

namespace tenon::command {

enum class Verb { create, update, erase };

// May such an actor do such a thing with such fields at all? Nothing of a record is looked at.
// An object of which nothing may be read is `not_found`.
Result<void> check_door(const Context& context, const application::Object& object, Verb verb,
                        const Input& input);

// The record as the actor: `not_found` where it may not be seen, `denied` where it may be seen but
// not be changed so.
Result<record::Record> read_as(Context& context, const application::Object& object, RecordId id,
                               Verb verb);

// The same of a record that was read already.
Result<void> reaches_as(const Context& context, const application::Object& object,
                        const record::Record& record, Verb verb);

// Those of these records that the actor may read.
std::set<std::int64_t> visible_among(const Context& context, const application::Object& object,
                                     const std::vector<RecordId>& ids);

// Whether the record is there and the actor may read it.
bool may_see(const Context& context, const application::Object& object, RecordId id);

// The same for a reference to it. A file is nobody's to read as a record; whoever may fetch its
// bytes may hang it on a record.
bool may_refer_to(const Context& context, const application::Object& target, RecordId id);

// May the actor leave a record in this state? Handing it beyond one's own reach is refused.
Result<void> check_outcome(const Context& context, const application::Object& object, Verb verb,
                           const Values& fields);

// A unique index refused it: `conflict` at its fields, without saying whose the other record is.
Error conflict_of(const application::Object& object, const storage::Clash& clash);

// A refusal as the actor may hear it: problems at fields that may not be read are left out; where
// there is no other, one about the record stands for them, without the words of their rules.
Error as_told(const Context& context, const application::Object& object, Error error);
std::vector<Problem> as_told(const Context& context, const application::Object& object,
                             std::vector<Problem> problems);

RecordId owner_of(const application::Object& object, const Values& fields);

// Fields of this record that its pool hides from the actor; empty: none.
std::vector<bool> hidden_fields(const Context& context, const application::Object& object,
                                const Values& fields);

}  // namespace tenon::command
