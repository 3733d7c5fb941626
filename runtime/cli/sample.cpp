#include "runtime/cli/sample.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "engine/json/document.h"
#include "engine/json/layout.h"
#include "engine/json/writer.h"
#include "runtime/auth/secret.h"
#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/import_file.h"
#include "runtime/cli/member_text.h"
#include "runtime/cli/problem_text.h"
#include "runtime/cli/progress.h"
#include "runtime/http/client.h"

namespace tenon::cli {
namespace {

constexpr const char* kAdmin = "admin";

struct SignIn {
  std::string user;
  std::string login;
  std::string role;
};

json::Document answer(Door& door, http::Method method, const std::string& target,
                      const std::string& body) {
  const Reply reply = door.call(method, target, body);
  if (!reply.is_success()) throw Fault(target + ": " + lines_of(error_of(reply)));
  auto document = json::Document::parse(reply.body.empty() ? "null" : reply.body);
  if (!document) throw Fault(target + " answered no JSON");
  return document.take();
}

std::string found_id(Door& door, const std::string& list) {
  const auto page = answer(door, http::Method::get, "/api/v1/records/" + list, "");
  for (const json::Reader record : page.root().at("records")) return text_at(record, "id");
  return "";
}

// The administrator's role is the last step of a first start: one that was killed before it is done
// again, and finds what it has loaded already by its keys.
bool is_begun(Door& door) {
  const std::string filter = "role = \"admin\" AND user.login = \"admin\"";
  return !found_id(door,
                   "role_assignment?limit=1&fields=role&filter=" + http::percent_encoded(filter))
              .empty();
}

void publish(Door& door, const std::string& bundle) {
  std::printf("Publishing %s\n", bundle.c_str());
  const metadata::Files files = read_bundle(bundle);
  tell_stories_ahead(files);
  const Reply reply =
      door.call(http::Method::post, "/api/v1/design/publish", design_body(files, false));
  if (reply.is_success()) return;
  throw Fault("the bundle " + bundle + " is refused:\n" + lines_of(error_of(reply)));
}

struct DataFile {
  std::int64_t order;
  std::string name;
  std::string file;
  std::string mapping;
};

// The mappings of the bundle's data, in the order they give.
std::vector<DataFile> data_files(const std::string& bundle) {
  std::vector<DataFile> files;
  for (const auto& [path, text] : read_bundle(bundle)) {
    if (!path.starts_with("data/")) continue;
    const auto document = json::Document::parse(text);
    if (!document) continue;  // The publish has read it already.
    const json::Reader root = document->root();
    const auto order = root.member("order");
    json::Writer mapping;
    json::copy(root, mapping);
    files.push_back({order ? *order->integer() : 0, text_at(root, "name"),
                     bundle + "/data/" + text_at(root, "file"), mapping.take()});
  }
  std::sort(files.begin(), files.end(), [](const DataFile& a, const DataFile& b) {
    return std::tie(a.order, a.name) < std::tie(b.order, b.name);
  });
  return files;
}

void load_data(Door& door, const std::string& data, const std::vector<DataFile>& files) {
  for (const DataFile& one : files) {
    Progress progress("Loading " + one.name);
    const auto totals =
        import_file(door, one.mapping, one.file, [&](std::int64_t rows) { progress.show(rows); });
    if (!totals) throw Fault("the sample data " + one.name + ": " + lines_of(totals.error()));
    progress.end(totals->rows(), "rows");
    if (totals->rejected == 0) continue;
    const std::string rejects = data + "/rejected-" + one.name + ".csv";
    write_file(rejects, totals->rejects);
    std::printf("  %lld rows were refused; the reasons are in %s\n",
                static_cast<long long>(totals->rejected), rejects.c_str());
  }
}

std::string admin_user(Door& door) {
  std::string id = found_id(door, "user?limit=1&fields=login&filter=login%3D%22admin%22");
  if (!id.empty()) return id;
  json::Writer user;
  user.begin_object().key("login").text(kAdmin).key("name").text("Administrator").end_object();
  return text_at(answer(door, http::Method::post, "/api/v1/records/user", user.take()).root(),
                 "id");
}

void grant_admin(Door& door, const std::string& user) {
  json::Writer role;
  role.begin_object().key("user").text(user);
  role.key("role").text(kAdmin).end_object();
  answer(door, http::Method::post, "/api/v1/records/role_assignment", role.take());
}

std::vector<SignIn> people(Door& door) {
  std::vector<SignIn> found;
  std::string after;
  do {
    const auto page = answer(door, http::Method::get,
                             "/api/v1/records/role_assignment?limit=200&fields=role,user.login" +
                                 (after.empty() ? "" : "&after=" + after),
                             "");
    for (const json::Reader record : page.root().at("records")) {
      const auto user = record.member("user");
      found.push_back({text_at(*user, "id"), text_at(*user, "login"), text_at(record, "role")});
    }
    after = text_at(page.root(), "next");
  } while (!after.empty());
  return found;
}

std::string set_password(Door& door, const std::string& user) {
  const std::string password = auth::random_password();
  json::Writer body;
  body.begin_object().key("password").text(password).end_object();
  answer(door, http::Method::post, "/api/v1/users/" + user + "/password", body.take());
  return password;
}

void keep_sign_ins(Door& door, const std::string& data, const std::string& admin) {
  Progress progress("Making sign-ins");
  json::Writer file(json::Layout::indented);
  file.begin_array();
  std::int64_t count = 0;
  std::vector<SignIn> everyone = people(door);
  everyone.push_back({admin, kAdmin, kAdmin});
  for (const SignIn& one : everyone) {
    file.begin_object().key("login").text(one.login);
    file.key("password").text(set_password(door, one.user));
    file.key("role").text(one.role).end_object();
    progress.show(++count);
  }
  file.end_array();
  write_file(data + "/sign-ins.json", file.take() + "\n", true);
  progress.end(count, "people");
}

}  // namespace

void begin(Door& door, const std::string& data, const std::string& bundle, bool demo) {
  if (is_begun(door)) return;
  if (!bundle.empty()) publish(door, bundle);
  const std::string admin = admin_user(door);
  const auto files = demo && !bundle.empty() ? data_files(bundle) : std::vector<DataFile>{};
  if (!files.empty()) {
    load_data(door, data, files);
    keep_sign_ins(door, data, admin);
    return grant_admin(door, admin);
  }
  const std::string password = set_password(door, admin);
  grant_admin(door, admin);
  std::printf("Sign in as %s with the password %s (shown only now).\n", kAdmin, password.c_str());
}

}  // namespace tenon::cli
