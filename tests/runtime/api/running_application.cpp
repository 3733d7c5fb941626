#include "tests/runtime/api/running_application.h"

#include <cstdio>
#include <random>

#include "engine/query/changes.h"
#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/door.h"
#include "runtime/cli/sample.h"

namespace tenon::api::test {

Listener::Listener(server::Host& host, http::Limits limits) : api_(host), server_(api_, limits) {
  server_.log_to([](std::string_view) {});
  port_ = server_.listen("127.0.0.1", 0);
  thread_ = std::thread([this] { server_.run(); });
}

Listener::~Listener() {
  server_.stop();
  thread_.join();
}

RunningApplication::RunningApplication(CrmBundle crm, std::string public_url,
                                       server::ClockKind clock)
    : crm_(std::move(crm)) {
  const std::string bundle = folder_.file("bundle");
  const std::string data = folder_.file("data");
  cli::write_files(bundle, crm_.files);
  host_ =
      std::make_unique<server::Host>(server::HostOptions{data, std::move(public_url), true, clock});
  cli::begin(*cli::door_of(*host_), data, bundle, true);
  http::Limits limits;
  limits.tick = std::chrono::milliseconds(10);
  listener_ = std::make_unique<Listener>(*host_, limits);
  const auto file = json::Document::parse(cli::read_file(data + "/sign-ins.json"));
  for (const json::Reader one : file->root()) {
    const std::string login(*one.at("login").text());
    sign_ins_[login.substr(0, login.find('.'))] = {login, std::string(*one.at("password").text())};
  }
}

RunningApplication::~RunningApplication() {
  host_->close_streams();
  people_.clear();
  listener_.reset();
}

std::string RunningApplication::login(const std::string& first_name) const {
  return sign_ins_.at(first_name).first;
}

std::string RunningApplication::password(const std::string& first_name) const {
  return sign_ins_.at(first_name).second;
}

Person& RunningApplication::person(const std::string& first_name) {
  auto& person = people_[first_name];
  if (!person) {
    person = std::make_unique<Person>(port(), names());
    const Answer answer = person->sign_in(login(first_name), password(first_name));
    if (answer.status != 200) throw std::runtime_error(first_name + ": " + answer.body);
  }
  return *person;
}

std::int64_t RunningApplication::position() {
  std::int64_t newest = 0;
  host_->read([&](storage::Transaction& tx) { newest = query::newest_cursor(tx); });
  return newest;
}

std::string RunningApplication::id_of(const std::string& object, const std::string& field,
                                      const std::string& text) {
  const Answer found = person("admin").get(
      "/records/" + object, {{"filter", field + " = \"" + text + "\""}, {"fields", "id"}});
  if (found.size("records") != 1) throw std::logic_error("not one " + text + ": " + found.body);
  return found.text("records/0/id");
}

RunningApplication& shipped_application() {
  static RunningApplication application(shipped_crm());
  return application;
}

RunningApplication& renamed_application() {
  static const std::uint32_t seed = std::random_device{}();
  static RunningApplication application([] {
    std::printf("Names of the renamed bundle: seed %u\n", seed);
    return renamed_crm(seed);
  }());
  return application;
}

}  // namespace tenon::api::test
