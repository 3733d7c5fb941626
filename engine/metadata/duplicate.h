// A duplicate rule: when two records are likely the same, and what happens then.
//
// Only the definition. Normal forms and likeness are engine/duplicate's, finding and refusing
// engine/command's matter. Schema: duplicate.schema.json; schemas/README.md, "Duplicates".
#pragma once

#include <string>
#include <vector>

#include "engine/metadata/definitions.h"

namespace tenon::metadata {

enum class OnDuplicate { warn, block, merge };
enum class Reveals { nothing, owner, title };
enum class NormalForm { exact, text, email, phone, company };

struct MatchField {
  std::string field;  // Of the rule's object.
  std::string other;  // Of the object it is compared with; the same field where it is the same one.
  NormalForm form = NormalForm::exact;
  friend bool operator==(const MatchField&, const MatchField&) = default;
};

struct Duplicate : Named {
  std::string object;
  std::string against;  // The object whose records are looked at.
  int order = 0;
  std::vector<MatchField> fields;  // All must be equal in their normal forms, and none empty.
  MatchField similar;              // `field` "": nothing is compared by likeness.
  int least = 60;                  // Likeness at least, in hundredths.
  std::string when;                // Over the object: whether the rule applies.
  std::string filter;              // Over the other: which records count.
  OnDuplicate action = OnDuplicate::warn;
  Reveals reveals = Reveals::nothing;
  Label message;
  friend bool operator==(const Duplicate&, const Duplicate&) = default;
};

}  // namespace tenon::metadata
