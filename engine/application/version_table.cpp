#include "engine/application/version_table.h"

#include <vector>

#include "engine/json/document.h"
#include "engine/json/members.h"
#include "engine/json/writer.h"
#include "engine/metadata/check.h"

namespace tenon::application {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE version (
    version INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, actor INTEGER NOT NULL,
    bundles TEXT NOT NULL) STRICT;
)sql";

constexpr std::string_view kNewest =
    "SELECT version, bundles, at_ms FROM version ORDER BY version DESC LIMIT 1";
constexpr std::string_view kNewestNumber = "SELECT max(version) FROM version";
constexpr std::string_view kAppend =
    "INSERT INTO version (version, at_ms, actor, bundles) VALUES (:version, :at_ms, :actor, "
    ":bundles)";

std::string text_of(const Bundles& bundles) {
  json::Writer writer;
  writer.begin_object();
  for (const auto& [name, files] : bundles) {
    writer.key(name).begin_object();
    for (const auto& [path, text] : files) writer.key(path).text(text);
    writer.end_object();
  }
  writer.end_object();
  return writer.take();
}

Bundles bundles_of(std::string_view text) {
  const auto document = json::Document::parse(std::string(text));
  if (!document) throw Fault("the table of versions holds a bundle that is no JSON");
  Bundles bundles;
  for (const json::Reader bundle : document->root()) {
    for (const json::Reader file : bundle) {
      bundles[std::string(bundle.name())][std::string(file.name())] = std::string(*file.text());
    }
  }
  return bundles;
}

std::vector<std::string> required_by(const metadata::Files& files) {
  std::vector<std::string> names;
  const auto manifest = files.find("bundle.json");
  if (manifest == files.end()) return names;
  const auto document = json::Document::parse(manifest->second);
  if (!document) return names;
  const auto list = document->root().member("requires");
  if (!list) return names;
  for (const json::Reader item : *list) {
    if (const auto name = item.text()) names.emplace_back(*name);
  }
  return names;
}

// Loads a bundle after those it requires, each once.
class Composer {
 public:
  explicit Composer(const Bundles& bundles)
      : bundles_(bundles), whole_(metadata::system_bundle()) {}

  Result<metadata::Bundle> compose() {
    for (const auto& [name, files] : bundles_) TENON_CHECK(add(name, files));
    return std::move(whole_);
  }

 private:
  Result<void> add(const std::string& name, const metadata::Files& files) {
    const auto [state, fresh] = states_.try_emplace(name, State::waiting);
    if (!fresh && state->second == State::done) return done();
    if (!fresh) {
      return Error::invalid("bundle.json: requires", "circle",
                            "the bundles require each other in a circle");
    }
    for (const std::string& required : required_by(files)) {
      const auto found = bundles_.find(required);
      if (found != bundles_.end()) TENON_CHECK(add(found->first, found->second));
    }
    TENON_TRY(whole_, metadata::load(files, &whole_));
    states_[name] = State::done;
    return done();
  }

  enum class State { waiting, done };
  const Bundles& bundles_;
  metadata::Bundle whole_;
  std::map<std::string, State> states_;
};

}  // namespace

storage::Migrations migrations() { return {{"application_0001_version", kCreate}}; }

Version read_newest(storage::Transaction& tx) {
  const auto newest = tx.statement(kNewest).maybe([](const storage::Row& row) {
    return Version{row.integer(0), bundles_of(row.view(1)), row.integer(2)};
  });
  return newest.value_or(Version{});
}

std::int64_t newest_version(storage::Transaction& tx) {
  return tx.statement(kNewestNumber).one([](const storage::Row& row) { return row.integer(0); });
}

void append(storage::Transaction& tx, const Version& version, std::int64_t at_ms, RecordId actor) {
  const std::string bundles = text_of(version.bundles);
  tx.statement(kAppend)
      .bind(":version", version.version)
      .bind(":at_ms", at_ms)
      .bind(":actor", actor.value)
      .bind(":bundles", std::string_view(bundles))
      .run();
}

Result<metadata::Bundle> compose(const Bundles& bundles) { return Composer(bundles).compose(); }

Result<std::string> bundle_name(const metadata::Files& files) {
  const auto manifest = files.find("bundle.json");
  if (manifest == files.end()) {
    return Error::invalid("bundle.json", "missing", "a bundle has a file bundle.json");
  }
  if (const auto document = json::Document::parse(manifest->second)) {
    const auto name = document->root().member("name");
    if (name && name->kind() == json::Kind::text && is_name(*name->text())) {
      return std::string(*name->text());
    }
  }
  // Without its name it cannot be put among the others: what is wrong with it, it is alone.
  return Error::invalid(metadata::check(files, &metadata::system_bundle()).problems);
}

}  // namespace tenon::application
