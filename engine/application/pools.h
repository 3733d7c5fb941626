// The pools of an object: which one a record lies in, and what is hidden there.
//
// Pure: a pool is chosen by the record's own kept fields, so that a list (SQL, engine/query), a
// single record and an event of the log come to the same answer. By which rules records are taken
// and given back: engine/assignment.
#pragma once

#include "engine/application/application.h"

namespace tenon::application {

// Compiles the pools of the object's definition. Internal to the room.
void compile_pools(const metadata::Bundle& bundle, Object& object, std::vector<Problem>& problems);

// Place in Object::pools of the one whose rules bind the record, whoever has it; -1: none.
int home_of(const Application& app, const Object& object, const Values& fields);

// The same where the record is in nobody's hands; null where it has an owner.
const Pool* pool_of(const Application& app, const Object& object, const Values& fields);

// What formulas of pools read.
formula::Scope pool_scope(const Application& app, const Values& fields);

// May the actor take records out of it; may they assign its records and see all of them.
bool is_member(const Actor& actor, const Pool& pool);
bool is_manager(const Application& app, const Actor& actor, const Pool& pool);

// Whether the actor sees a record of the pool at all.
bool sees(const Application& app, const Actor& actor, const Pool& pool);

// Whether the pool hides any field from the actor while a record lies in it.
bool hides_from(const Application& app, const Actor& actor, const Pool& pool);

}  // namespace tenon::application
