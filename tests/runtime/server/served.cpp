#include "tests/runtime/server/served.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>

#include "engine/json/writer.h"

namespace tenon::server::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kStart = std::chrono::seconds(60);  // On a busy machine.
constexpr std::string_view kServes = "Tenon serves ";
constexpr int kRoundsInCheck = 10;

}  // namespace

std::vector<std::string> serve_arguments(const std::string& data, const std::string& bundle) {
  return {TENON_PROGRAM, "serve", "--data", data, "--port", "0", "--bundle", bundle};
}

Served::Served(const std::string& data, const std::string& bundle,
               const std::vector<std::string>& environment)
    : data_(data), child_(serve_arguments(data, bundle), environment) {
  const auto until = Clock::now() + kStart;
  std::string output;
  while (true) {
    output += child_.read(100);
    const auto begin = output.find(kServes);
    const auto end = output.find(" on http://", begin);
    const auto line = output.find('\n', end);
    if (begin != std::string::npos && end != std::string::npos && line != std::string::npos) {
      label_ = output.substr(begin + kServes.size(), end - begin - kServes.size());
      port_ = std::stoi(output.substr(output.rfind(':', line) + 1));
      return;
    }
    if (child_.at_end() || Clock::now() > until) {
      throw std::runtime_error("it does not serve: " + output);
    }
  }
}

void write_bundle(const std::string& folder, const metadata::Files& files) {
  for (const auto& [name, text] : files) {
    const auto path = std::filesystem::path(folder) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
}

http::ClientRequest json_request(http::Method method, const std::string& target, std::string body) {
  http::ClientRequest request;
  request.method = method;
  request.target = target;
  if (!body.empty()) request.headers = {{"Content-Type", "application/json"}};
  request.body = std::move(body);
  return request;
}

std::string publish_body(const metadata::Files& files) {
  json::Writer writer;
  writer.begin_object().key("files").begin_object();
  for (const auto& [path, text] : files) writer.key(path).text(text);
  writer.end_object().key("confirm").boolean(true).end_object();
  return writer.take();
}

int rounds() {
  const char* wish = std::getenv("TENON_DURABILITY_ROUNDS");
  return wish == nullptr ? kRoundsInCheck : std::atoi(wish);
}

std::uint64_t seed_of_run() {
  const char* wish = std::getenv("TENON_SEED");
  return wish == nullptr ? std::random_device()() : std::strtoull(wish, nullptr, 10);
}

}  // namespace tenon::server::test
