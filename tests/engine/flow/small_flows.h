// Who is there and what is written, for tests of flows: people by their logins, flows over
// invoices.
//
// ann starts; her manager is bob, his is dan. ann and cid are in sales (head eve), above it is the
// company (head dan). fay and fin are of finance. gus is disabled and hands over to cid. hal is the
// admin of flows.
#pragma once

#include <catch2/catch.hpp>

#include "engine/flow/step.h"
#include "tests/engine/metadata/small_bundle.h"

namespace tenon::flow::support {

constexpr std::string_view kLogins[] = {"",    "ann", "bob", "cid", "dan",
                                        "eve", "fay", "fin", "gus", "hal"};
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

inline UserId who(std::string_view login) {
  for (std::size_t i = 1; i < std::size(kLogins); ++i) {
    if (kLogins[i] == login) return {static_cast<std::int64_t>(i)};
  }
  return kNobody;
}
inline std::string login_of(UserId user) {
  return std::string(kLogins[static_cast<std::size_t>(user.value)]);
}

inline Directory usual_people() {
  Directory people;
  const RecordId company{100};
  const RecordId sales{101};
  people.departments = {{company, {{}, who("dan")}}, {sales, {company, who("eve")}}};
  for (std::size_t i = 1; i < std::size(kLogins); ++i) {
    people.people[{static_cast<std::int64_t>(i)}] = {.login = std::string(kLogins[i])};
  }
  people.people[who("ann")].manager = who("bob");
  people.people[who("bob")].manager = who("dan");
  people.people[who("ann")].department = sales;
  people.people[who("cid")].department = sales;
  people.people[who("gus")].is_active = false;
  people.people[who("gus")].hand_over = who("cid");
  people.roles = {{"finance", {who("fay"), who("fin")}}};
  people.admins = {who("hal")};
  return people;
}

// A flow over invoices of these nodes; `rest`: further members ("\"settings\": {…},").
inline std::string flow_text(const std::string& start, const std::string& nodes,
                             const std::string& rest = "", const std::string& kind = "approval") {
  return R"({"name": "sign", "kind": ")" + kind + R"(", "object": "invoice", )" + rest +
         R"("start": ")" + start + R"(", "nodes": {)" + nodes + "}}";
}

inline metadata::Files files_of(const std::string& flow) {
  auto files = metadata::support::billing_with("flows/sign.json", flow);
  files["roles/finance.json"] =
      R"({"name": "finance", "label": "Finance", "objects": {"invoice": {"read": "all"}}})";
  return files;
}

inline std::shared_ptr<const Program> program_of(const std::string& flow) {
  const metadata::Bundle bundle = metadata::support::loaded(files_of(flow));
  const auto found = std::find_if(bundle.flows.begin(), bundle.flows.end(),
                                  [](const metadata::Flow& one) { return one.name == "sign"; });
  auto program = compile(bundle, *found);
  if (!program) FAIL(describe(program.error()));
  return program.take();
}

// {"id": {"kind": "approve", "approvers": [{"users": […]}], …}}
inline std::string approve(const std::string& id, const std::string& users,
                           const std::string& rest = "") {
  std::string list;
  for (std::size_t from = 0; from < users.size();) {
    const std::size_t end = std::min(users.find(' ', from), users.size());
    list += (list.empty() ? "\"" : ", \"") + users.substr(from, end - from) + "\"";
    from = end + 1;
  }
  return "\"" + id + R"(": {"kind": "approve", "approvers": [{"users": [)" + list + "]}]" +
         (rest.empty() ? "" : ", " + rest) + "}";
}

}  // namespace tenon::flow::support
