// Orders that a decision table gives to people and teams: what the tests of assignment stand on.
#pragma once

#include <string>

#include "tests/support/billing.h"

namespace tenon::support {

inline const std::string kOrderObject = R"json({
  "name": "order", "label": "Order", "label_plural": "Orders", "title_field": "title",
  "ownership": {"field": "owner"},
  "assignment": {"table": "routing", "when": "NOT (region = \"none\")", "open": "state = \"open\""},
  "fields": [
    {"name": "title", "label": "Title", "type": "text", "required": true},
    {"name": "region", "label": "Region", "type": "text"},
    {"name": "amount", "label": "Amount", "type": "money"},
    {"name": "state", "label": "State", "type": "choice", "default": "open",
     "options": [{"name": "open", "label": "Open"}, {"name": "done", "label": "Done"}]},
    {"name": "owner", "label": "Owner", "type": "user", "default_formula": "$user"},
    {"name": "owned_by", "label": "Owned by", "type": "formula", "formula": "owner.name"},
    {"name": "is_owned", "label": "Is owned", "type": "formula",
     "formula": "NOT ISBLANK(owner)"}]})json";

inline const std::string kRoutingTable = R"json({
  "name": "routing", "label": "Routing", "object": "order", "hit": "first",
  "inputs": [{"name": "region", "formula": "region"}, {"name": "amount", "formula": "amount"}],
  "outputs": [
    {"name": "user", "label": "User", "type": "text"},
    {"name": "team", "label": "Team", "type": "text"},
    {"name": "strategy", "label": "Strategy", "type": "text"}],
  "rows": [
    {"label": "Large ones", "when": {"amount": ">= 100000"}, "then": {"user": "\"boss\""}},
    {"label": "East", "when": {"region": "\"east\""}, "then": {"team": "\"east\""}},
    {"when": {"region": "\"west\""}, "then": {"team": "\"west\"", "strategy": "\"least_loaded\""}},
    {"when": {"region": "\"north\""}, "then": {"team": "\"east\"", "strategy": "\"weighted\""}},
    {"when": {"region": "\"nowhere\""}, "then": {"team": "\"missing\""}}]})json";

inline metadata::Files routing() {
  return {{"bundle.json", R"({"format": 1, "name": "routing", "version": "1", "label": "Routing",
            "time_zone": "Asia/Shanghai", "currency": "EUR"})"},
          {"objects/order.json", kOrderObject},
          {"tables/routing.json", kRoutingTable},
          {"roles/clerk.json", R"({"name": "clerk", "label": "Clerk", "objects": {
            "order": {"read": "own", "create": true, "update": "own"}}})"}};
}

}  // namespace tenon::support
