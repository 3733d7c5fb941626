#include "tests/runtime/server/signer.h"

#include <stdexcept>

#include "engine/json/document.h"
#include "tests/runtime/server/served.h"

namespace tenon::server::test {
namespace {

using http::Method;

const std::string kPassword = "a password for signing";

json::Document parsed(const std::string& text) {
  auto document = json::Document::parse(text);
  if (!document) throw std::runtime_error("no JSON: " + text);
  return document.take();
}

std::string member(const std::string& reply, std::string_view name) {
  const auto document = parsed(reply);
  return std::string(*document.root().at(name).text());
}

http::Reply must(http::Client& client, const http::ClientRequest& request) {
  auto reply = client.send(request);
  if (!reply || reply->status > 299) {
    throw std::runtime_error(request.target + ": " + (reply ? reply->body : "gone"));
  }
  return reply.take();
}

}  // namespace

Signer::Signer(int number, http::Client& command_line, int port) : number_(number) {
  const std::string login = "signer" + std::to_string(number);
  const auto post = [&](const std::string& target, const std::string& body) {
    return must(command_line, json_request(Method::post, "/api/v1" + target, body)).body;
  };
  const std::string id = member(
      post("/records/user", R"({"login": ")" + login + R"(", "name": ")" + login + "\"}"), "id");
  post("/records/role_assignment", R"({"user": ")" + id + R"(", "role": "signer"})");
  post("/users/" + id + "/password", R"({"password": ")" + kPassword + "\"}");
  http::Client client = http::Client::tcp("127.0.0.1", port);
  const auto reply = must(
      client, json_request(Method::post, "/api/v1/session",
                           R"({"login": ")" + login + R"(", "password": ")" + kPassword + "\"}"));
  const std::string cookie(reply.header("set-cookie"));
  auto asked = json_request(Method::post, "/api/v1/tokens", R"({"name": "signing"})");
  asked.headers.emplace_back("Cookie", cookie.substr(0, cookie.find(';')));
  asked.headers.emplace_back("Origin", "http://127.0.0.1:" + std::to_string(port));
  token_ = member(must(client, asked).body, "token");
}

http::ClientRequest Signer::request(Method method, const std::string& target,
                                    const std::string& body) const {
  auto request = json_request(method, "/api/v1" + target, body);
  request.headers.emplace_back("Authorization", "Bearer " + token_);
  return request;
}

void Signer::work(int port, std::uint64_t seed) {
  http::Client client = http::Client::tcp("127.0.0.1", port);
  std::mt19937_64 random(seed);
  bool goes_on = !pending_ || send_pending(client);
  while (goes_on) goes_on = go_on(client, random);
}

bool Signer::go_on(http::Client& client, std::mt19937_64& random) {
  if (random() % 2 == 0) return sign_some(client, random);
  const std::string key = std::to_string(number_) + "-" + std::to_string(++last_);
  if (deed_.empty()) {
    marker_ = key;
    pending_ = {Kind::create, key, "/records/deed", R"({"marker": ")" + key + "\"}"};
  } else {
    pending_ = {Kind::submit, key, "/flows/sign/start", R"({"record": ")" + deed_ + "\"}"};
  }
  return send_pending(client);
}

bool Signer::sign_some(http::Client& client, std::mt19937_64& random) {
  const auto reply = client.send(request(Method::get, "/tasks?box=todo&limit=20", ""));
  if (!reply) return false;
  const auto document = parsed(reply->body);
  const json::Reader tasks = document.root().at("tasks");
  if (tasks.size() == 0) return true;
  std::size_t left = random() % tasks.size();
  for (const json::Reader task : tasks) {
    if (left-- != 0) continue;
    const std::string key = std::to_string(number_) + "-" + std::to_string(++last_);
    pending_ = {Kind::sign, key, "/tasks/" + std::string(*task.at("id").text()) + "/approve",
                R"({"request_id": ")" + key + "\"}"};
    break;
  }
  return send_pending(client);
}

// For the first time, or again in another life.
bool Signer::send_pending(http::Client& client) {
  auto sent = request(Method::post, pending_->target, pending_->body);
  if (pending_->kind != Kind::sign) sent.headers.emplace_back("Idempotency-Key", pending_->key);
  const auto reply = client.send(sent);
  const bool may_be_done = reply || reply.error().code != ErrorCode::not_done;
  if (pending_->kind == Kind::sign && may_be_done) tried_.insert(pending_->key);
  if (!reply) return false;
  settle(reply->status, reply->body);
  pending_.reset();
  return true;
}

void Signer::settle(int status, const std::string& reply) {
  // Time was faster than who signs: the engine says so.
  if (pending_->kind == Kind::sign && status == 409) return;
  if (status > 299) {
    faults_.push_back(pending_->target + " answered " + std::to_string(status) + " " + reply);
    return;
  }
  ++answered_;
  switch (pending_->kind) {
    case Kind::create: deed_ = member(reply, "id"); return;
    case Kind::submit:
      running_.insert(marker_);
      deed_.clear();
      return;
    case Kind::sign: signed_.insert(pending_->key); return;
  }
}

std::vector<std::string> Signer::audit(const DeedBooks& books) {
  const auto count = [](const std::map<std::string, int>& counts, const std::string& key) {
    const auto found = counts.find(key);
    return found == counts.end() ? 0 : found->second;
  };
  for (const std::string& marker : running_) {
    const int runs = count(books.runs, marker);
    if (runs != 1) faults_.push_back("deed " + marker + " has " + std::to_string(runs) + " runs");
  }
  if (!marker_.empty() && count(books.runs, marker_) > 1) {
    faults_.push_back("deed " + marker_ + " runs twice");
  }
  for (const std::string& key : tried_) {
    const int there = count(books.signed_, key);
    if (there > 1) faults_.push_back("the signature " + key + " is there twice");
    if (there == 0 && signed_.contains(key)) {
      faults_.push_back("the signature " + key + " is gone");
    }
  }
  return std::exchange(faults_, {});
}

}  // namespace tenon::server::test
