#include <cstdio>

#include "engine/application/check.h"
#include "engine/json/document.h"
#include "engine/metadata/rename.h"
#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/commands.h"
#include "runtime/cli/door.h"
#include "runtime/cli/problem_text.h"

namespace tenon::cli {
namespace {

void print_plan(json::Reader plan) {
  const auto changes = plan.member("changes");
  if (changes->size() == 0) std::printf("Nothing differs from the running version.\n");
  for (const json::Reader change : *changes) {
    const auto lost = change.member("loses_data");
    std::printf("%-7s %s%s\n", std::string(*change.member("verb")->text()).c_str(),
                std::string(*change.member("description")->text()).c_str(),
                lost && *lost->boolean() ? "  (holds data)" : "");
  }
  for (const json::Reader step : plan.at("steps")) {
    std::printf("        %s\n", std::string(*step.text()).c_str());
  }
}

int show_plan(const Reply& reply, bool json, const char* done) {
  if (!reply.is_success()) {
    std::fputs(json ? (reply.body + "\n").c_str() : lines_of(error_of(reply)).c_str(), stderr);
    return 1;
  }
  if (json) {
    std::printf("%s\n", reply.body.c_str());
    return 0;
  }
  const auto document = json::Document::parse(reply.body);
  if (!document) throw Fault("the plan is no JSON");
  print_plan(document->root());
  if (*done != '\0') {
    std::printf("%s version %lld.\n", done,
                static_cast<long long>(*document->root().member("version")->integer()));
  }
  return 0;
}

void print_problems(const char* kind, const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    std::printf("%s %s: %s\n", kind, problem.at.c_str(), problem.message.c_str());
  }
}

}  // namespace

int check_bundle(const std::string& bundle, bool json) {
  const auto findings = application::check(read_bundle(bundle), &metadata::system_bundle());
  if (json) {
    json::Writer writer;
    writer.begin_array();
    for (const Problem& problem : findings.problems) {
      writer.begin_object().key("at").text(problem.at).key("rule").text(problem.rule);
      writer.key("message").text(problem.message).end_object();
    }
    writer.end_array();
    std::printf("%s\n", writer.take().c_str());
    return findings.problems.empty() ? 0 : 1;
  }
  print_problems("problem", findings.problems);
  print_problems("warning", findings.warnings);
  std::printf("%zu problems, %zu warnings\n", findings.problems.size(), findings.warnings.size());
  return findings.problems.empty() ? 0 : 1;
}

int plan_bundle(const std::string& data, const std::string& bundle, bool json) {
  const auto door = open_door(data);
  const Reply reply = door->call(http::Method::post, "/api/v1/design/plan",
                                 design_body(read_bundle(bundle), false));
  return show_plan(reply, json, "");
}

int publish_bundle(const std::string& data, const std::string& bundle, bool confirm, bool json) {
  const auto door = open_door(data);
  const metadata::Files files = read_bundle(bundle);
  tell_stories_ahead(files);
  const Reply reply =
      door->call(http::Method::post, "/api/v1/design/publish", design_body(files, confirm));
  return show_plan(reply, json, "Published:");
}

int rename_in_bundle(const std::string& bundle, const std::string& what,
                     const std::string& new_name) {
  const auto files = read_bundle(bundle);
  const auto changed = metadata::rename(files, &metadata::system_bundle(), what, new_name);
  if (!changed) {
    std::fputs(lines_of(changed.error()).c_str(), stderr);
    return 1;
  }
  write_files(bundle, *changed);
  for (const auto& [path, text] : *changed) {
    std::printf("%s %s\n", text.empty() ? "removed  " : "rewritten", path.c_str());
  }
  return 0;
}

}  // namespace tenon::cli
