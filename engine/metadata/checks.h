// The semantic checks, one per kind of definition. Internal to the room.
//
// Each looks at the draft's own definitions, references resolved, within the whole bundle; what
// refers to nothing was said before and is passed over.
#pragma once

#include <optional>

#include "engine/metadata/draft.h"

namespace tenon::metadata {

// Sets `result` (`outcome`, `to`) of the bundle's derived fields, in the order of what they read.
// Problems: cycles, what cannot be typed.
void type_derived(Draft& draft, Bundle& whole);
// Rollups and lookups are made of what is kept.
void check_sources(Draft& draft, const Bundle& whole);

void check_header(Draft& draft, const Bundle* required);
void check_objects(Draft& draft, const Bundle& whole);
void check_rules(Draft& draft, const Bundle& whole);
void check_roles(Draft& draft, const Bundle& whole);
void check_views(Draft& draft, const Bundle& whole);
void check_pages(Draft& draft, const Bundle& whole);  // And forms.
void check_reports(Draft& draft, const Bundle& whole);
void check_assignments(Draft& draft, const Bundle& whole);
void check_pools(Draft& draft, const Bundle& whole);
void check_tables(Draft& draft, const Bundle& whole);
void check_duplicates(Draft& draft, const Bundle& whole);
void check_flows(Draft& draft, const Bundle& whole);
void check_imports(Draft& draft, const Bundle& whole);
void check_import(Draft& draft, const Bundle& whole, const ImportMap& map, const Place& place);
void check_stories(Draft& draft, const Bundle& whole);
void check_labels(Draft& draft);  // Warnings only.

// Where a formula's value comes from when it is asked for.
enum class Asked {
  of_draft,   // Computed with the record in hand.
  of_change,  // The same, and what was before the change is known: rules.
  of_tables,  // As SQL: where that is not possible it is a problem.
  of_reader,  // The same, on behalf of who looks at it: views and reports.
};

// The formula at this place as it was written, typed. Nothing where it is broken (said before) or
// not of the kind wanted (said now).
std::optional<formula::Formula> type_formula(Draft& draft, const Bundle& whole,
                                             const std::string& object, const Place& place,
                                             std::optional<Kind> wanted, Asked asked);

// The same, where the names mean something else than the bundle's alone.
std::optional<formula::Formula> type_formula(Draft& draft, const Bundle& whole,
                                             const formula::Names& names, const std::string& object,
                                             const Place& place, std::optional<Kind> wanted,
                                             Asked asked);

// The same of what may be chosen at a reference field of the object; `field` by name.
std::optional<formula::Formula> type_choice(Draft& draft, const Bundle& whole,
                                            const std::string& object, const std::string& field,
                                            const Place& place);

// What stands at the end of a path; nothing where it leads nowhere.
struct PathEnd {
  const Field* field;  // Null for a system field.
  formula::Type type;
};
std::optional<PathEnd> follow(const Bundle& whole, const std::string& object,
                              std::string_view path);
bool is_ordered(const PathEnd& end);  // May be sorted and grouped by.
bool is_ordered(const Field& field);

}  // namespace tenon::metadata
