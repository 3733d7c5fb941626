// A record that may not be seen is answered like one that does not exist, whatever is asked of it.
#include "tests/runtime/api/both_bundles.h"

namespace tenon::api::test {
namespace {

constexpr const char* kNobodys = "0000000000001";

// Asks the same of a record of somebody else's and of one that nobody has.
template <class Ask>
void check_same_answer(RunningApplication& crm, const std::string& foreign, Ask ask) {
  const auto before = crm.position();
  const Answer invisible = ask(foreign);
  const Answer absent = ask(std::string(kNobodys));
  CHECK(invisible.status == 404);
  CHECK(absent.status == 404);
  CHECK(invisible.without_request_id() == absent.without_request_id());
  CHECK(crm.position() == before);
}

std::string foreign_lead(RunningApplication& crm) {
  return crm.id_of("<lead>", "<lead.name>", "Victor Hale");
}

}  // namespace

TEST_CASE("Reading, changing and deleting a record of somebody else's finds nothing") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string foreign = foreign_lead(crm);
  const auto at = [](const std::string& id) { return "/records/<lead>/" + id; };
  check_same_answer(crm, foreign, [&](const std::string& id) { return anna.get(at(id)); });
  check_same_answer(crm, foreign, [&](const std::string& id) {
    return anna.get(at(id), {{"fields", "<lead.name>"}, {"may", "true"}});
  });
  check_same_answer(crm, foreign,
                    [&](const std::string& id) { return anna.get(at(id) + "/history"); });
  check_same_answer(crm, foreign, [&](const std::string& id) {
    return anna.patch(at(id), R"({"<lead.company>": "Mine now"})");
  });
  check_same_answer(crm, foreign, [&](const std::string& id) {
    return anna.patch(at(id), R"({"<lead.company>": "Mine now"})", {{"If-Match", "\"1\""}});
  });
  check_same_answer(crm, foreign, [&](const std::string& id) { return anna.erase(at(id)); });
  check_same_answer(crm, foreign, [&](const std::string& id) {
    return anna.erase(at(id), {{"If-Match", "\"1\""}});
  });
}

TEST_CASE("No rule and no validation speaks before a record is found") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string foreign = foreign_lead(crm);
  const char* bodies[] = {
      R"({"<lead.status>": "never_such_a_status"})",      // No such option.
      R"({"<lead.interest>": "many"})",                   // Of another type.
      R"({"there_is_no_such_field": 1})",                 // Unknown.
      R"({"created_at": "2026-01-01T00:00:00Z"})",        // Kept by the system.
      R"({"<lead.name>": null})",                         // Required.
      R"({"<lead.email>": null, "<lead.phone>": null})",  // Refused by a rule.
      R"({"<lead.product>": "0000000000001"})",           // Refers to nothing.
      R"({"<lead.status>": "<=disqualified>"})",          // Needs a reason.
  };
  for (const char* body : bodies) {
    INFO(body);
    check_same_answer(crm, foreign, [&](const std::string& id) {
      return anna.patch("/records/<lead>/" + id, body);
    });
    check_same_answer(crm, foreign, [&](const std::string& id) {
      return anna.post("/records/<lead>/check",
                       R"({"id": ")" + id + R"(", "fields": )" + body + "}");
    });
  }
}

TEST_CASE("A batch finds no record of somebody else's either") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string foreign = foreign_lead(crm);
  const auto item = [&](const std::string& command, bool atomic) {
    return [&anna, command, atomic](const std::string& id) {
      std::string body = command;
      body.replace(body.find("ID"), 2, id);
      return anna.post("/records/<lead>/batch", std::string(R"({"atomic": )") +
                                                    (atomic ? "true" : "false") +
                                                    R"(, "commands": [)" + body + "]}");
    };
  };
  const char* commands[] = {
      R"({"update": "ID", "set": {"<lead.company>": "Mine"}})",
      R"({"update": "ID", "version": 1, "set": {"<lead.company>": "Mine"}})",
      R"({"update": "ID", "set": {"<lead.status>": "never_such_a_status", "nonsense": 1}})",
      R"({"delete": "ID"})",
  };
  for (const char* command : commands) {
    INFO(command);
    check_same_answer(crm, foreign, item(command, true));
    const Answer invisible = item(command, false)(foreign);
    const Answer absent = item(command, false)(kNobodys);
    CHECK(invisible.status == 200);
    CHECK(invisible.text("results/0/status") == "404");
    CHECK(invisible.without_request_id() == absent.without_request_id());
  }
}

TEST_CASE("An object of which nothing may be read does not exist") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const auto same = [&](auto ask) {
    const Answer hidden = ask("role_assignment");
    const Answer absent = ask("there_is_no_such");
    CHECK(hidden.status == absent.status);
    CHECK(hidden.status == 404);
    CHECK(hidden.without_request_id() == absent.without_request_id());
  };
  const std::string records = "/records/";
  same([&](const std::string& name) { return anna.get(records + name); });
  same([&](const std::string& name) { return anna.get(records + name + "/" + kNobodys); });
  same([&](const std::string& name) { return anna.post(records + name, R"({"role": "admin"})"); });
  same([&](const std::string& name) { return anna.post(records + name, R"({"bad)"); });
  same([&](const std::string& name) {
    return anna.post(records + name + "/batch", R"({"commands": []})");
  });
  same([&](const std::string& name) {
    return anna.post(records + name + "/check", R"({"fields": {}})");
  });
  same([&](const std::string& name) { return anna.erase(records + name + "/" + kNobodys); });
  same([&](const std::string& name) {
    return anna.post("/query", R"({"object": ")" + name + R"(", "measures": []})");
  });
}

TEST_CASE("A reference to a record that may not be seen is refused like one to none") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string foreign =
      crm.id_of("<opportunity>", "<opportunity.title>", "Betasoloin · GTX Basic");
  const auto with = [&](const std::string& id) {
    return anna.post("/records/<activity>",
                     R"({"<activity.subject>": "Spy", "<activity.due_on>": "2026-01-05",
                         "<activity.opportunity>": ")" +
                         id + R"("})");
  };
  const Answer invisible = with(foreign);
  CHECK(invisible.status == 422);
  CHECK(invisible.without_request_id() == with(kNobodys).without_request_id());
}

}  // namespace tenon::api::test
