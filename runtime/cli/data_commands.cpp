#include <cstdio>
#include <iostream>
#include <iterator>

#include "engine/json/document.h"
#include "engine/json/layout.h"
#include "engine/json/writer.h"
#include "engine/sheet/csv_reader.h"
#include "runtime/auth/secret.h"
#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/commands.h"
#include "runtime/cli/door.h"
#include "runtime/cli/import_file.h"
#include "runtime/cli/member_text.h"
#include "runtime/cli/problem_text.h"
#include "runtime/cli/progress.h"
#include "runtime/cli/query_table.h"
#include "runtime/http/client.h"

namespace tenon::cli {
namespace {

int refused(const Error& error) {
  std::fputs(lines_of(error).c_str(), stderr);
  return 1;
}

// Where no mapping is given every column feeds the field of its name.
Result<std::string> mapping_like_fields(const ImportArguments& arguments) {
  const std::string text = read_file(arguments.file);
  sheet::CsvReader reader(sheet::source_of(text));
  sheet::CsvRow header;
  TENON_TRY(const bool any, reader.next(header));
  if (!any) return Error::invalid("", "empty", "the file is empty");
  json::Writer writer;
  writer.begin_object().key("name").text("command_line").key("object").text(arguments.object);
  writer.key("columns").begin_object();
  for (const std::string& cell : header.cells) {
    writer.key(cell).begin_object().key("field").text(cell).end_object();
  }
  writer.end_object().end_object();
  return writer.take();
}

Result<std::string> mapping_of(const ImportArguments& arguments) {
  if (arguments.map.empty()) return mapping_like_fields(arguments);
  TENON_TRY(const auto document, json::Document::parse(read_file(arguments.map)));
  const auto object = document.root().member("object");
  if (object && object->kind() == json::Kind::text && *object->text() != arguments.object) {
    return Error::invalid(
        "object", "object",
        "the mapping is for " + std::string(*object->text()) + ", not for " + arguments.object);
  }
  json::Writer writer;
  json::copy(document.root(), writer);
  return writer.take();
}

Result<json::Document> answer(Door& door, http::Method method, const std::string& target,
                              const std::string& body) {
  const Reply reply = door.call(method, target, body);
  if (!reply.is_success()) return error_of(reply);
  return json::Document::parse(reply.body.empty() ? "null" : reply.body);
}

Result<std::string> user_id(Door& door, const std::string& login) {
  json::Writer literal;
  TENON_TRY(const auto page, answer(door, http::Method::get,
                                    "/api/v1/records/user?fields=login&filter=" +
                                        http::percent_encoded("login = \"" + login + "\""),
                                    ""));
  const auto records = page.root().member("records");
  if (records->size() == 0) return Error::invalid("", "user", "nobody has the login " + login);
  return text_at(*records->begin(), "id");
}

Result<std::string> new_password(Door& door, const std::string& user) {
  const std::string password = auth::random_password();
  json::Writer body;
  body.begin_object().key("password").text(password).end_object();
  TENON_CHECK(answer(door, http::Method::post, "/api/v1/users/" + user + "/password", body.take()));
  return password;
}

Result<void> add_user(Door& door, const UserArguments& arguments) {
  json::Writer user;
  user.begin_object().key("login").text(arguments.login);
  user.key("name").text(arguments.name.empty() ? arguments.login : arguments.name).end_object();
  TENON_TRY(const auto made, answer(door, http::Method::post, "/api/v1/records/user", user.take()));
  const std::string id = text_at(made.root(), "id");
  for (const std::string& role : arguments.roles) {
    json::Writer assignment;
    assignment.begin_object().key("user").text(id).key("role").text(role).end_object();
    TENON_CHECK(
        answer(door, http::Method::post, "/api/v1/records/role_assignment", assignment.take()));
  }
  TENON_TRY(const auto password, new_password(door, id));
  std::printf("%s has the password %s (shown only now).\n", arguments.login.c_str(),
              password.c_str());
  return done();
}

}  // namespace

int import_csv(const std::string& data, const ImportArguments& arguments, bool json) {
  auto mapping = mapping_of(arguments);
  if (!mapping) return refused(mapping.error());
  const auto door = open_door(data);
  Progress progress("Importing " + arguments.file);
  const auto totals = import_file(*door, *mapping, arguments.file, [&](std::int64_t rows) {
    if (!json) progress.show(rows);
  });
  if (!totals) return refused(totals.error());
  const std::string rejects =
      arguments.rejects.empty() ? arguments.file + ".rejected.csv" : arguments.rejects;
  if (totals->rejected > 0) write_file(rejects, totals->rejects);
  const std::string warnings = arguments.file + ".warnings.csv";
  if (totals->warned > 0) write_file(warnings, totals->warnings);
  if (json) {
    json::Writer writer;
    writer.begin_object().key("created").integer(totals->created);
    writer.key("updated").integer(totals->updated).key("unchanged").integer(totals->unchanged);
    writer.key("rejected").integer(totals->rejected);
    writer.key("warned").integer(totals->warned).end_object();
    std::printf("%s\n", writer.take().c_str());
  } else {
    progress.end(totals->rows(), "rows");
    std::printf("created %lld, updated %lld, unchanged %lld, rejected %lld\n",
                static_cast<long long>(totals->created), static_cast<long long>(totals->updated),
                static_cast<long long>(totals->unchanged),
                static_cast<long long>(totals->rejected));
    if (totals->rejected > 0) std::printf("The refused rows are in %s\n", rejects.c_str());
    if (totals->warned > 0) {
      std::printf("%lld rows were taken with warnings: %s\n",
                  static_cast<long long>(totals->warned), warnings.c_str());
    }
  }
  return totals->rejected > 0 ? 1 : 0;
}

int query(const std::string& data, const std::string& file, bool json) {
  const std::string body =
      file == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {}) : read_file(file);
  const auto door = open_door(data);
  const Reply reply = door->call(http::Method::post, "/api/v1/query", body);
  if (!reply.is_success()) return refused(error_of(reply));
  if (json) {
    std::printf("%s\n", reply.body.c_str());
    return 0;
  }
  const auto document = json::Document::parse(reply.body);
  std::fputs(table_of(document->root()).c_str(), stdout);
  return 0;
}

int list_users(const std::string& data, bool json) {
  const auto door = open_door(data);
  const Reply reply = door->call(
      http::Method::get, "/api/v1/records/user?limit=200&sort=login&fields=login,name,active", "");
  if (!reply.is_success()) return refused(error_of(reply));
  if (json) {
    std::printf("%s\n", reply.body.c_str());
    return 0;
  }
  const auto document = json::Document::parse(reply.body);
  for (const json::Reader user : document->root().at("records")) {
    std::printf("%-24s %s\n", text_at(user, "login").c_str(), text_at(user, "name").c_str());
  }
  return 0;
}

int add_user(const std::string& data, const UserArguments& arguments) {
  const auto door = open_door(data);
  const auto added = add_user(*door, arguments);
  return added ? 0 : refused(added.error());
}

int reset_password(const std::string& data, const std::string& login) {
  const auto door = open_door(data);
  const auto user = user_id(*door, login);
  if (!user) return refused(user.error());
  const auto password = new_password(*door, *user);
  if (!password) return refused(password.error());
  std::printf("%s has the password %s (shown only now).\n", login.c_str(), password->c_str());
  return 0;
}

int make_token(const std::string& data, const std::string& login, const std::string& name) {
  const auto door = open_door(data);
  const auto user = user_id(*door, login);
  if (!user) return refused(user.error());
  json::Writer body;
  body.begin_object().key("name").text(name).key("user").text(*user).end_object();
  const auto made = answer(*door, http::Method::post, "/api/v1/tokens", body.take());
  if (!made) return refused(made.error());
  std::printf("%s\n", text_at(made->root(), "token").c_str());
  return 0;
}

}  // namespace tenon::cli
