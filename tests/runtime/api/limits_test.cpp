// Bounds of reading, at the limit and one beyond; beyond is a typed error and never a fault.
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

Person& helen() { return shipped_application().person("helen"); }

std::string times(int count, const std::string& text, const std::string& separator) {
  std::string all;
  for (int i = 0; i < count; ++i) all += (i == 0 ? "" : separator) + text;
  return all;
}

// Paths that each need joins of their own.
std::string many_paths() {
  std::string paths = "title";
  for (const char* first : {"account", "contact", "owner", "created_by", "updated_by"}) {
    for (const char* second : {"owner", "manager", "created_by", "updated_by"}) {
      const bool person = first[0] == 'o' || std::string(first).ends_with("_by");
      if ((std::string(second) == "owner") == person) continue;
      if (!person && std::string(second) == "manager") continue;
      for (const char* third : {"manager", "created_by", "updated_by"}) {
        for (const char* fourth : {"manager", "created_by", "updated_by"}) {
          paths += std::string(",") + first + "." + second + "." + third + "." + fourth + ".name";
        }
      }
    }
  }
  return paths;
}

std::string query(int groups, int measures) {
  std::string body = R"({"object": "opportunity", "group": [)";
  const char* keys[] = {"stage", "product", "owner", "account", "contact"};
  for (int i = 0; i < groups; ++i) body += std::string(i ? "," : "") + "\"" + keys[i] + "\"";
  body += R"(], "measures": [)";
  for (int i = 0; i < measures; ++i) {
    body +=
        std::string(i ? "," : "") + R"({"name": "m)" + std::to_string(i) + R"(", "of": "count"})";
  }
  return body + "]}";
}

void check_limit(const Answer& answer) {
  INFO(answer.body.substr(0, 300));
  CHECK(answer.status == 422);
  CHECK(answer.code() == "limit");
}

}  // namespace

TEST_CASE("A list is sorted by up to four keys") {
  CHECK(helen().get("/records/opportunity", {{"sort", "stage,amount,title,owner"}}).status == 200);
  check_limit(helen().get("/records/opportunity", {{"sort", "stage,amount,title,owner,account"}}));
}

TEST_CASE("A path follows up to four references") {
  const auto with = [](const std::string& path) {
    return helen().get("/records/opportunity", {{"fields", path}});
  };
  CHECK(with("account.owner.manager.manager.name").status == 200);
  check_limit(with("account.owner.manager.manager.manager.name"));
}

TEST_CASE("A query joins up to 24 tables, whatever asks for them") {
  check_limit(helen().get("/records/opportunity", {{"fields", many_paths()}}));
  std::string filter = "title <> null";
  std::string paths = many_paths();
  for (auto comma = paths.find(','); comma != std::string::npos; comma = paths.find(',')) {
    paths.erase(0, comma + 1);
    std::string path = paths.substr(0, paths.find(','));
    // A formula's path is a name shorter.
    path.erase(path.find('.'), path.find('.', path.find('.') + 1) - path.find('.'));
    if (filter.size() + path.size() < 3900) filter += " OR " + path + " = \"x\"";
  }
  const auto filtered = helen().get("/records/opportunity", {{"filter", filter}});
  CHECK(filtered.status == 422);
}

TEST_CASE("A query has up to four groups and twenty measures") {
  CHECK(helen().post("/query", query(4, 20)).status == 200);
  check_limit(helen().post("/query", query(5, 1)));
  check_limit(helen().post("/query", query(1, 21)));
}

TEST_CASE("A search has up to two hundred bytes") {
  const auto with = [](std::size_t bytes) {
    return helen().get("/records/lead", {{"q", std::string(bytes, 'x')}});
  };
  CHECK(with(199).status == 200);
  CHECK(with(200).status == 200);
  check_limit(with(201));
}

TEST_CASE("A filter has up to 64 levels and 4,096 bytes") {
  const auto with = [](const std::string& filter) {
    return helen().get("/records/lead", {{"filter", filter}}).status;
  };
  const std::string end = "interest = 1";
  CHECK(with(end + std::string(4096 - end.size(), ' ')) == 200);
  CHECK(with(end + std::string(4097 - end.size(), ' ')) == 422);
  CHECK(with(times(30, "(", "") + end + times(30, ")", "")) == 200);
  CHECK(with(times(5000, "(", "") + end) == 422);
  CHECK(with(times(1900, "-", "") + "1 = 1") == 422);
  CHECK(with(times(300, "NOT ", "") + "true") == 422);
}

TEST_CASE("A list of fields as long as a request's head may be is answered") {
  const auto answer = helen().get("/records/lead", {{"fields", times(700, "name", ",")}});
  CHECK(answer.status == 200);
  CHECK(answer.has("records/0/name"));
}

}  // namespace tenon::api::test
