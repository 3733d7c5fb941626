// A small bundle with one of everything that the engine's rooms must get right: references of all
// three kinds of deletion, formulas that are stored, read each other or are computed on read,
// rules of all effects, an owner, roles.
#pragma once

#include <string>

#include "engine/metadata/bundle.h"

namespace tenon::support {

inline const std::string kCustomerObject = R"json({
  "name": "customer", "label": "Customer", "label_plural": "Customers", "title_field": "name",
  "ownership": {"field": "clerk"},
  "fields": [
    {"name": "name", "label": "Name", "type": "text", "required": true},
    {"name": "code", "label": "Code", "type": "text", "unique": true},
    {"name": "parent", "label": "Parent", "type": "reference", "to": "customer",
     "on_delete": "clear"},
    {"name": "is_branch", "label": "Branch", "type": "formula", "formula": "NOT ISBLANK(parent)"},
    {"name": "clerk", "label": "Clerk", "type": "user", "on_delete": "clear"}]})json";

inline const std::string kInvoiceObject = R"json({
  "name": "invoice", "label": "Invoice", "label_plural": "Invoices", "title_field": "number",
  "ownership": {"field": "clerk"},
  "fields": [
    {"name": "number", "label": "Number", "type": "text", "required": true, "length_max": 20},
    {"name": "customer", "label": "Customer", "type": "reference", "to": "customer"},
    {"name": "clerk", "label": "Clerk", "type": "user", "default_formula": "$user"},
    {"name": "total", "label": "Total", "type": "money"},
    {"name": "due_on", "label": "Due on", "type": "date"},
    {"name": "sent_at", "label": "Sent at", "type": "datetime"},
    {"name": "state", "label": "State", "type": "choice", "default": "open",
     "options": [{"name": "open", "label": "Open"}, {"name": "paid", "label": "Paid"},
                 {"name": "void", "label": "Void"}]},
    {"name": "reason", "label": "Reason", "type": "text"},
    {"name": "tags", "label": "Tags", "type": "choices",
     "options": [{"name": "red", "label": "Red"}, {"name": "green", "label": "Green"}]},
    {"name": "extra", "label": "Extra", "type": "json"},
    {"name": "gross", "label": "Gross", "type": "formula", "formula": "total + tax", "scale": 2},
    {"name": "tax", "label": "Tax", "type": "formula", "formula": "total * 0.2", "scale": 2},
    {"name": "late_tax", "label": "Late tax", "type": "formula", "formula": "IF(is_due, tax)",
     "scale": 2},
    {"name": "is_due", "label": "Due", "type": "formula", "formula": "due_on <= $today"},
    {"name": "half_tax", "label": "Half of the tax", "type": "formula", "formula": "tax / 2",
     "scale": 2},
    {"name": "sent_on", "label": "Sent on", "type": "formula", "formula": "DATEVALUE(sent_at)"},
    {"name": "made_on", "label": "Made on", "type": "formula",
     "formula": "DATEVALUE(created_at)"},
    {"name": "payer", "label": "Payer", "type": "formula", "formula": "customer.name"},
    {"name": "is_late", "label": "Late", "type": "formula", "formula": "due_on < $today"}]})json";

inline const std::string kNoteObject = R"({
  "name": "note", "label": "Note", "label_plural": "Notes", "title_field": "words",
  "fields": [
    {"name": "words", "label": "Words", "type": "text"},
    {"name": "invoice", "label": "Invoice", "type": "reference", "to": "invoice",
     "on_delete": "cascade"}]})";

inline std::string rule_file(const std::string& name, const std::string& when,
                             const std::string& effect, const std::string& field) {
  return R"({"name": ")" + name + R"(", "object": "invoice", "when": ")" + when +
         R"(", "effect": ")" + effect + R"(", "field": ")" + field + R"(", "message": ")" + name +
         R"("})";
}

inline metadata::Files billing() {
  return {
      {"bundle.json", R"({"format": 1, "name": "billing", "version": "1", "label": "Billing",
            "time_zone": "Asia/Shanghai", "currency": "EUR"})"},
      {"objects/customer.json", kCustomerObject},
      {"objects/invoice.json", kInvoiceObject},
      {"objects/note.json", kNoteObject},
      {"rules/no_debt.json", rule_file("no_debt", "total < 0", "reject", "total")},
      {"rules/void_why.json", rule_file("void_why", "state = \\\"void\\\"", "require", "reason")},
      {"rules/void_total.json", rule_file("void_total", "state = \\\"void\\\"", "clear", "total")},
      {"roles/clerk.json", R"({"name": "clerk", "label": "Clerk", "objects": {
            "customer": {"read": "own", "create": true, "update": "own", "delete": "own"},
            "invoice": {"read": "own", "create": true, "update": "own", "delete": "own",
                        "fields": {"reason": "none", "due_on": "read"}},
            "note": {"read": "all", "create": true}}})"},
      {"roles/head.json", R"({"name": "head", "label": "Head", "objects": {
            "customer": {"read": "all"},
            "invoice": {"read": "team", "update": "own"}}})"}};
}

inline metadata::Files billing_with(const std::string& path, const std::string& text) {
  metadata::Files files = billing();
  files[path] = text;
  return files;
}

// The text with one part of it replaced; the part must be there.
inline std::string replaced(std::string text, const std::string& part, const std::string& by) {
  const auto at = text.find(part);
  if (at == std::string::npos) throw Fault("not in the text: " + part);
  return text.replace(at, part.size(), by);
}

}  // namespace tenon::support
