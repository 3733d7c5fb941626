#include "runtime/api/me_json.h"

#include <algorithm>

#include "engine/json/writer.h"
#include "engine/query/directory.h"
#include "engine/query/people.h"

namespace tenon::api {
namespace {

// By a role that says so, or that may do everything.
bool administers_flows(const application::Application& app, const Actor& actor) {
  const auto admins = query::roles_of_flow_admins(app);
  return std::any_of(admins.begin(), admins.end(), [&](const std::string& role) {
    return std::binary_search(actor.roles.begin(), actor.roles.end(), role);
  });
}

}  // namespace

std::string me_json(const application::Application& app, storage::Transaction& tx,
                    const Actor& actor) {
  const query::Person person = query::person_of(app, tx, actor.user);
  json::Writer writer;
  writer.begin_object().key("id").text(text_of(actor.user));
  for (const auto& [name, text] : person.texts) {
    writer.key(name);
    text.empty() ? writer.null() : writer.text(text);
  }
  writer.key("roles").begin_array();
  for (const std::string& role : actor.roles) writer.text(role);
  writer.end_array().key("department");
  if (person.department.value == 0) {
    writer.null();
  } else {
    writer.begin_object().key("id").text(text_of(person.department));
    writer.key("name").text(person.department_name).end_object();
  }
  writer.key("admin").boolean(app.rights(actor).everything);
  writer.key("flow_admin").boolean(administers_flows(app, actor)).end_object();
  return writer.take();
}

}  // namespace tenon::api
