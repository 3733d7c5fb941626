// People with phones, employers and notes, and rules that find them twice: what the tests of
// duplicates, merge and undo stand on.
#pragma once

#include <string>

#include "tests/support/billing.h"

namespace tenon::support {

inline const std::string kPersonObject = R"json({
  "name": "person", "label": "Person", "label_plural": "People", "title_field": "name",
  "ownership": {"field": "clerk"},
  "fields": [
    {"name": "name", "label": "Name", "type": "text", "required": true},
    {"name": "phone", "label": "Phone", "type": "phone"},
    {"name": "email", "label": "Email", "type": "email"},
    {"name": "employer", "label": "Employer", "type": "text"},
    {"name": "code", "label": "Code", "type": "text", "unique": true},
    {"name": "closed", "label": "Closed", "type": "boolean"},
    {"name": "boss", "label": "Boss", "type": "reference", "to": "person", "on_delete": "clear"},
    {"name": "clerk", "label": "Clerk", "type": "user", "default_formula": "$user"}]})json";

inline const std::string kRemarkObject = R"json({
  "name": "remark", "label": "Remark", "label_plural": "Remarks", "title_field": "words",
  "fields": [
    {"name": "words", "label": "Words", "type": "text"},
    {"name": "person", "label": "Person", "type": "reference", "to": "person"}]})json";

inline metadata::Files people() {
  return {{"bundle.json", R"({"format": 1, "name": "people", "version": "1", "label": "People",
            "country": "CN"})"},
          {"objects/person.json", kPersonObject},
          {"objects/remark.json", kRemarkObject},
          {"duplicates/same_phone.json", R"json({"name": "same_phone", "object": "person",
          "fields": [{"field": "phone", "form": "phone"}], "filter": "NOT (closed = true)",
          "action": "block", "reveals": "owner", "message": "Known already"})json"},
          {"duplicates/like_employer.json", R"json({"name": "like_employer", "object": "person",
          "fields": [{"field": "name", "form": "text"}],
          "similar": {"field": "employer", "form": "company", "least": 60},
          "when": "NOT ISBLANK(employer)", "action": "warn"})json"},
          {"duplicates/same_email.json", R"json({"name": "same_email", "object": "person",
          "fields": [{"field": "email", "form": "email"}], "action": "merge"})json"},
          {"roles/clerk.json", R"({"name": "clerk", "label": "Clerk", "objects": {
            "person": {"read": "own", "create": true, "update": "own", "delete": "own"},
            "remark": {"read": "all", "create": true}}})"}};
}

}  // namespace tenon::support
