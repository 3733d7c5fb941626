// Tickets that lie in pools by region: what the tests of pools stand on.
#pragma once

#include <string>

#include "tests/support/billing.h"

namespace tenon::support {

inline const std::string kTicketObject = R"json({
  "name": "ticket", "label": "Ticket", "label_plural": "Tickets", "title_field": "title",
  "ownership": {"field": "owner", "pools": [
    {"name": "east_pool", "label": "East", "when": "region = \"east\"",
     "members": {"team": "east"}, "managers": {"roles": ["head"]},
     "open": "state = \"open\"",
     "claim": {"daily_limit": 2, "capacity": 5, "cool_down_days": 1},
     "protection_days": 1,
     "returns": [{"name": "idle", "label": "Idle", "when": "state = \"open\"",
                  "since": "touched_at", "days": 3},
                 {"name": "stale", "label": "Stale", "unchanged": "state", "days": 10}],
     "extension": {"days": 2},
     "hidden": ["secret"]},
    {"name": "rest_pool", "label": "The rest", "when": "region <> \"none\"",
     "members": {"roles": ["clerk"]}}]},
  "fields": [
    {"name": "title", "label": "Title", "type": "text", "required": true},
    {"name": "region", "label": "Region", "type": "text"},
    {"name": "state", "label": "State", "type": "choice", "default": "open",
     "options": [{"name": "open", "label": "Open"}, {"name": "done", "label": "Done"}]},
    {"name": "secret", "label": "Secret", "type": "text"},
    {"name": "initial", "label": "Initial", "type": "formula", "formula": "LEFT(secret, 1)"},
    {"name": "live_initial", "label": "Initial, live", "type": "formula",
     "formula": "IF($today > DATE(2000, 1, 1), LEFT(secret, 1), \"\")"},
    {"name": "touched_at", "label": "Touched", "type": "datetime"},
    {"name": "owner", "label": "Owner", "type": "user", "on_delete": "clear"}]})json";

inline const std::string kTicketRemark = R"json({
  "name": "remark", "label": "Remark", "label_plural": "Remarks", "title_field": "text",
  "fields": [
    {"name": "text", "label": "Text", "type": "text", "required": true},
    {"name": "ticket", "label": "Ticket", "type": "reference", "to": "ticket",
     "on_delete": "cascade"}]})json";

inline metadata::Files pooled() {
  return {{"bundle.json", R"({"format": 1, "name": "pooled", "version": "1", "label": "Pooled",
            "time_zone": "Asia/Shanghai", "currency": "EUR"})"},
          {"objects/ticket.json", kTicketObject},
          {"objects/remark.json", kTicketRemark},
          {"roles/clerk.json", R"({"name": "clerk", "label": "Clerk", "objects": {
            "ticket": {"read": "own", "create": true, "update": "own", "delete": "own"},
            "remark": {"read": "all"}, "user": {"read": "all"}}})"},
          {"roles/reader.json", R"({"name": "reader", "label": "Reader", "objects": {
            "ticket": {"read": "all", "create": true, "update": "all", "delete": "all"},
            "remark": {"read": "all"}, "user": {"read": "all"}}})"},
          {"roles/head.json", R"({"name": "head", "label": "Head", "objects": {
            "ticket": {"read": "all", "create": true, "update": "all"},
            "remark": {"read": "all"}, "user": {"read": "all"}}})"}};
}

}  // namespace tenon::support
