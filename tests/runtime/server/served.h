// `tenon serve`, the real program, as a child that can be killed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/metadata/bundle.h"
#include "runtime/http/client.h"
#include "tests/support/child.h"

namespace tenon::server::test {

class Served {
 public:
  // Answers when it listens. Throws with its output where it ends instead.
  Served(const std::string& data, const std::string& bundle,
         const std::vector<std::string>& environment);

  const std::string& label() const { return label_; }  // Of the application it serves.
  std::string socket() const { return data_ + "/tenon.sock"; }
  int port() const { return port_; }
  void kill() { child_.kill(); }

 private:
  std::string data_;
  support::Child child_;
  std::string label_;
  int port_ = 0;
};

std::vector<std::string> serve_arguments(const std::string& data, const std::string& bundle);
void write_bundle(const std::string& folder, const metadata::Files& files);
http::ClientRequest json_request(http::Method method, const std::string& target, std::string body);
std::string publish_body(const metadata::Files& files);

int rounds();  // TENON_DURABILITY_ROUNDS, or few.
std::uint64_t seed_of_run();

}  // namespace tenon::server::test
