// Somebody who talks to a running application over HTTP, with a session's cookie as a browser does.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "runtime/http/client.h"
#include "tests/runtime/api/answer.h"

namespace tenon::api::test {

using Parameters = std::vector<std::pair<std::string, std::string>>;
using HeaderList = std::vector<std::pair<std::string, std::string>>;

class Person {
 public:
  Person(int port, const Names& names);

  // Keeps the cookie. The answer is that of POST /session.
  Answer sign_in(const std::string& login, const std::string& password);

  // Names in the target, the parameters and the body are replaced; the target is below /api/v1.
  Answer get(const std::string& target, const Parameters& parameters = {});
  Answer post(const std::string& target, const std::string& body, const HeaderList& more = {});
  Answer patch(const std::string& target, const std::string& body, const HeaderList& more = {});
  Answer erase(const std::string& target, const HeaderList& more = {});
  // Exactly these headers, and the body as it is: no cookie, no Origin, no content type.
  Answer raw(http::Method method, const std::string& target, const HeaderList& headers,
             const std::string& body = "");

  // As a browser sends a file; text/html, whatever it holds.
  Answer upload(const std::string& bytes, const std::string& name = "brief.txt");

  std::string create(const std::string& object, const std::string& body);  // The new record's id.

  HeaderList cookie() const;
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  Answer send(http::Method method, const std::string& target, const std::string& body,
              const HeaderList& more);

  int port_;
  const Names* names_;
  http::Client client_;
  std::string cookie_;
};

}  // namespace tenon::api::test
