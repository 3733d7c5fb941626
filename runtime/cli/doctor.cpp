#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdio>

#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "runtime/cli/commands.h"
#include "runtime/cli/door.h"

namespace tenon::cli {
namespace {

struct Finding {
  bool ok;
  std::string what;
};

Finding folder_finding(const std::string& data) {
  if (::access(data.c_str(), F_OK) != 0) return {true, "the data folder is not there yet"};
  if (::access(data.c_str(), R_OK | W_OK | X_OK) != 0) {
    return {false, "the data folder " + data + " cannot be written by this user"};
  }
  struct statvfs space {};
  if (::statvfs(data.c_str(), &space) != 0) return {false, "the space of " + data + " is unknown"};
  const auto free_mb =
      static_cast<long long>(space.f_bavail) * static_cast<long long>(space.f_frsize) >> 20;
  return {free_mb > 512, "the data folder has " + std::to_string(free_mb) + " MiB free"};
}

Finding engine_finding(Door& door) {
  const Reply reply = door.call(http::Method::get, "/readyz", "");
  return {reply.is_success(), "the engine is " + reply.body.substr(0, reply.body.find('\n'))};
}

// Runs of flows that nothing would move on.
std::vector<Finding> run_findings(Door& door) {
  const Reply reply = door.call(http::Method::get, "/api/v1/flows", "");
  const auto document = json::Document::parse(reply.body);
  if (!reply.is_success() || !document) return {{false, "the runs of flows cannot be looked at"}};
  std::vector<Finding> findings;
  for (const json::Reader one : document->root().at("stuck")) {
    const auto told = [&](std::string_view name) { return std::string(*one.at(name).text()); };
    findings.push_back(
        {false, "run " + told("run") + " of " + told("flow") + " stands still: " + told("why")});
  }
  if (findings.empty()) findings.push_back({true, "every run of a flow has something to wait for"});
  return findings;
}

Finding web_finding(const std::string& web) {
  if (::access((web + "/index.html").c_str(), R_OK) == 0) return {true, "the web client is built"};
  return {false, "the web client is not built in " + web + "; ./run builds it"};
}

std::vector<Finding> all_findings(const config::Config& config) {
  std::vector<Finding> findings = {folder_finding(config.data)};
  if (::access(config.data.c_str(), F_OK) != 0) {
    findings.push_back({true, "nothing was published yet"});
  } else {
    const auto door = open_door(config.data);
    findings.push_back(engine_finding(*door));
    for (Finding& finding : run_findings(*door)) findings.push_back(std::move(finding));
  }
  findings.push_back(web_finding(config.web));
  return findings;
}

}  // namespace

int doctor(const config::Loaded& loaded, bool json) {
  const std::vector<Finding> findings = all_findings(loaded.config);
  bool ok = true;
  for (const Finding& finding : findings) ok = ok && finding.ok;
  json::Writer writer;
  writer.begin_object().key("settings").begin_object();
  for (const config::Origin& origin : loaded.origins) {
    writer.key(origin.name).begin_object().key("value").text(origin.value);
    writer.key("from").text(name_of(origin.source)).end_object();
    if (!json) {
      std::printf("%-14s %-28s %s\n", std::string(origin.name).c_str(), origin.value.c_str(),
                  std::string(name_of(origin.source)).c_str());
    }
  }
  writer.end_object().key("findings").begin_array();
  for (const Finding& finding : findings) {
    writer.begin_object().key("ok").boolean(finding.ok).key("what").text(finding.what).end_object();
    if (!json) std::printf("%-14s %s\n", finding.ok ? "ok" : "PROBLEM", finding.what.c_str());
  }
  writer.end_array().end_object();
  if (json) std::printf("%s\n", writer.take().c_str());
  for (const std::string& name : loaded.ignored) {
    std::fprintf(stderr, "%s names no setting; is it misspelt?\n", name.c_str());
  }
  return ok ? 0 : 1;
}

}  // namespace tenon::cli
