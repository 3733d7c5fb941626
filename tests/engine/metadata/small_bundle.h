// Bundles for tests, small enough to be read: an application that bills its customers.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/metadata/bundle.h"
#include "engine/metadata/check.h"

namespace tenon::metadata::support {

inline const std::string kHeader =
    R"({"format": 1, "name": "billing", "version": "1", "label": "Billing"})";
inline const std::string kCustomer = R"({
  "name": "customer", "label": "Customer", "label_plural": "Customers", "title_field": "name",
  "fields": [{"name": "name", "label": "Name", "type": "text"},
             {"name": "clerk", "label": "Clerk", "type": "user"}]})";
inline const std::string kInvoice = R"({
  "name": "invoice", "label": "Invoice", "label_plural": "Invoices", "title_field": "number",
  "ownership": {"field": "clerk"},
  "fields": [
    {"name": "number", "label": "Number", "type": "text"},
    {"name": "customer", "label": "Customer", "type": "reference", "to": "customer"},
    {"name": "clerk", "label": "Clerk", "type": "user"},
    {"name": "total", "label": "Total", "type": "money"},
    {"name": "due_on", "label": "Due on", "type": "date"},
    {"name": "state", "label": "State", "type": "choice", "default": "open",
     "options": [{"name": "open", "label": "Open"}, {"name": "paid", "label": "Paid"}]},
    {"name": "tax", "label": "Tax", "type": "formula", "formula": "total  *  0.2", "scale": 2},
    {"name": "tags", "label": "Tags", "type": "choices",
     "options": [{"name": "urgent", "label": "Urgent"}]}]})";

inline Files billing() {
  return {{"bundle.json", kHeader},
          {"objects/customer.json", kCustomer},
          {"objects/invoice.json", kInvoice}};
}

inline Files billing_with(const std::string& path, const std::string& text) {
  Files files = billing();
  files[path] = text;
  return files;
}

// Billing, with another object of one field beside it.
inline Files billing_with_field(const std::string& field) {
  return billing_with("objects/thing.json",
                      R"({"name": "thing", "label": "Thing", "label_plural": "Things",
"title_field": "name", "fields": [{"name": "name", "label": "Name", "type": "text"},
)" + field + "]}");
}

// Whether exactly this one thing is wrong; shows what is, where it is not.
inline bool finds(const std::vector<Problem>& problems, std::string_view at, std::string_view rule,
                  std::string_view message) {
  for (const Problem& problem : problems) {
    UNSCOPED_INFO(problem.at << " [" << problem.rule << "] " << problem.message);
  }
  return problems.size() == 1 && problems.front().at == at && problems.front().rule == rule &&
         problems.front().message.find(message) != std::string::npos;
}

inline std::vector<Problem> problems_of(const Files& files) {
  return check(files, &system_bundle()).problems;
}

inline std::vector<Problem> warnings_of(const Files& files) {
  return check(files, &system_bundle()).warnings;
}

inline Bundle loaded(const Files& files) {
  auto bundle = load(files, &system_bundle());
  if (!bundle) FAIL(describe(bundle.error()));
  return bundle.take();
}

}  // namespace tenon::metadata::support
