#include "engine/command/draft_flow.h"

#include <algorithm>

#include "engine/application/version_table.h"
#include "engine/decision/check.h"
#include "engine/json/members.h"
#include "engine/record/catalogue.h"
#include "engine/run/version.h"

namespace tenon::command {
namespace {

using application::Bundles;

std::string file_of(const std::string& name) { return "flows/" + name + ".json"; }

// What must be known to put it somewhere; the rest is checked with the bundle.
struct Head {
  std::string name;
  std::string object;
};

Result<Head> head_of(const std::string& name, const std::string& definition) {
  auto document = json::Document::parse(definition);
  std::vector<Problem> problems;
  if (!document) return std::move(document.error());
  const json::Reader root = document->root();
  TENON_CHECK(root.expect(json::Kind::object));
  json::Members members(root, problems);
  Head head{members.required_text("name").value_or(""),
            members.required_text("object").value_or("")};
  if (problems.empty() && head.name != name) {
    problems.push_back({"name", "name", "must be \"" + name + "\", as the address says"});
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return head;
}

std::string found_with(const Bundles& bundles, const std::string& path) {
  const auto found = std::find_if(bundles.begin(), bundles.end(),
                                  [&](const auto& bundle) { return bundle.second.contains(path); });
  return found == bundles.end() ? "" : found->first;
}

Result<std::string> place_for(const Bundles& bundles, const Head& head) {
  std::string bundle = found_with(bundles, file_of(head.name));
  if (bundle.empty()) bundle = found_with(bundles, "objects/" + head.object + ".json");
  if (!bundle.empty()) return bundle;
  return Error::invalid("object", "unknown_object", "there is no object \"" + head.object + "\"");
}

}  // namespace

Result<DraftFlow> draft_flow(storage::Transaction& tx, const std::string& name,
                             const std::string& definition) {
  TENON_TRY(const Head head, head_of(name, definition));
  application::Version newest = application::read_newest(tx);
  TENON_TRY(const std::string place, place_for(newest.bundles, head));
  metadata::Files& files = newest.bundles[place];
  files[file_of(name)] = definition;
  TENON_TRY(auto bundle, application::compose(newest.bundles));
  const auto findings = decision::check(bundle);
  if (!findings.problems.empty()) return Error::invalid(findings.problems);
  DraftFlow draft;
  TENON_TRY(draft.application,
            application::compile(std::move(bundle), record::read_catalogue(tx), newest.version,
                                 record::building_fields(tx), run::versions_in_use(tx)));
  draft.files = std::move(files);
  return draft;
}

metadata::Files files_with_flow(storage::Transaction& tx, const std::string& name) {
  application::Version newest = application::read_newest(tx);
  const std::string bundle = found_with(newest.bundles, file_of(name));
  return bundle.empty() ? metadata::Files{} : std::move(newest.bundles[bundle]);
}

}  // namespace tenon::command
