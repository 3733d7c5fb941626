#include "tests/runtime/api/person.h"

#include <stdexcept>

#include "engine/json/writer.h"

namespace tenon::api::test {

Person::Person(int port, const Names& names)
    : port_(port), names_(&names), client_(http::Client::tcp("127.0.0.1", port)) {}

HeaderList Person::cookie() const {
  if (cookie_.empty()) return {};
  return {{"Cookie", cookie_}};
}

Answer Person::raw(http::Method method, const std::string& target, const HeaderList& headers,
                   const std::string& body) {
  const auto reply = client_.send({method, "/api/v1" + names_->expand(target), headers, body});
  if (!reply) throw std::runtime_error(target + ": " + describe(reply.error()));
  return {reply->status, reply->headers, reply->body, names_};
}

Answer Person::send(http::Method method, const std::string& target, const std::string& body,
                    const HeaderList& more) {
  HeaderList headers = cookie();
  if (method != http::Method::get) headers.emplace_back("Origin", origin());
  if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
  headers.insert(headers.end(), more.begin(), more.end());
  return raw(method, target, headers, names_->expand(body));
}

Answer Person::sign_in(const std::string& login, const std::string& password) {
  json::Writer body;
  body.begin_object().key("login").text(login).key("password").text(password).end_object();
  Answer answer = send(http::Method::post, "/session", body.take(), {});
  const std::string set = answer.header("set-cookie");
  if (answer.status == 200) cookie_ = set.substr(0, set.find(';'));
  return answer;
}

Answer Person::get(const std::string& target, const Parameters& parameters) {
  std::string whole = target;
  for (const auto& [name, value] : parameters) {
    whole += whole.find('?') == std::string::npos ? '?' : '&';
    whole += name + "=" + http::percent_encoded(names_->expand(value));
  }
  return send(http::Method::get, whole, "", {});
}

Answer Person::post(const std::string& target, const std::string& body, const HeaderList& more) {
  return send(http::Method::post, target, body, more);
}

Answer Person::patch(const std::string& target, const std::string& body, const HeaderList& more) {
  return send(http::Method::patch, target, body, more);
}

Answer Person::erase(const std::string& target, const HeaderList& more) {
  return send(http::Method::erase, target, "", more);
}

Answer Person::upload(const std::string& bytes, const std::string& name) {
  HeaderList headers = cookie();
  headers.insert(headers.end(), {{"Origin", origin()},
                                 {"Content-Type", "text/html"},
                                 {"Tenon-File-Name", http::percent_encoded(name)}});
  return raw(http::Method::post, "/files", headers, bytes);
}

std::string Person::create(const std::string& object, const std::string& body) {
  const Answer answer = post("/records/" + object, body);
  if (answer.status != 201) throw std::runtime_error(object + ": " + answer.body);
  return answer.text("id");
}

}  // namespace tenon::api::test
