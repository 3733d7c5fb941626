#include "tests/runtime/server/clerk.h"

#include "engine/json/document.h"
#include "tests/runtime/server/served.h"

namespace tenon::server::test {
namespace {

using http::Method;

constexpr auto kEntries = "/api/v1/records/entry";

std::string id_in(const std::string& reply) {
  const auto document = json::Document::parse(reply);
  return document ? std::string(*document->root().at("id").text()) : "";
}

std::string own_marker(int number) { return "own-" + std::to_string(number); }

}  // namespace

void Clerk::begin(http::Client& client) {
  std::string reply;
  const std::string body = R"({"marker": ")" + own_marker(number_) + R"("})";
  if (ask(client, json_request(Method::post, kEntries, body), &reply) == Outcome::answered) {
    own_id_ = id_in(reply);
  }
}

void Clerk::work(const std::string& socket, std::uint64_t seed) {
  http::Client client = http::Client::local(socket);
  std::mt19937_64 random(seed);
  bool goes_on = !pending_ || send_pending(client);
  while (goes_on) {
    const auto choice = random() % 60;
    if (choice < 24) {
      goes_on = create(client);
    } else if (choice < 42) {
      goes_on = pair(client);
    } else if (choice < 52) {
      goes_on = change(client);
    } else if (choice < 59) {
      goes_on = erase(client, random);
    } else {
      goes_on = upload(client);
    }
  }
}

Clerk::Outcome Clerk::ask(http::Client& client, const http::ClientRequest& request,
                          std::string* reply) {
  const auto answer = client.send(request);
  if (!answer) {
    return answer.error().code == ErrorCode::not_done ? Outcome::not_done : Outcome::unknown;
  }
  if (answer->status < 200 || answer->status > 299) {
    faults_.push_back(request.target + " answered " + std::to_string(answer->status) +
                      answer->body);
    return Outcome::not_done;
  }
  ++answered_;
  if (reply != nullptr) *reply = answer->body;
  return Outcome::answered;
}

bool Clerk::create(http::Client& client) {
  const std::string marker = next_marker();
  auto request = json_request(Method::post, kEntries, R"({"marker": ")" + marker + R"("})");
  pending_ = {std::move(request), marker, 1, 0};
  return send_pending(client);
}

bool Clerk::pair(http::Client& client) {
  const std::string marker = next_marker();
  const std::string half =
      R"({"create": {"marker": ")" + marker + R"(", "parent": ")" + own_id_ + R"("}})";
  const auto number = std::to_string(pairs_ + 1);
  const std::string body = R"({"atomic": true, "commands": [)" + half + R"(, {"update": ")" +
                           own_id_ + R"(", "set": {"pairs": )" + number + "}}, " + half + "]}";
  auto request = json_request(Method::post, std::string(kEntries) + "/batch", body);
  pending_ = {std::move(request), marker, 2, pairs_ + 1};
  return send_pending(client);
}

// For the first time, or again in another life.
bool Clerk::send_pending(http::Client& client) {
  http::ClientRequest request = pending_->request;
  request.headers.emplace_back("Idempotency-Key", pending_->marker);
  std::string reply;
  const auto outcome = ask(client, request, &reply);
  if (outcome == Outcome::not_done) return false;
  const auto [known, is_new] = expected_.try_emplace(pending_->marker);
  Expected& expected = known->second;
  expected.may_be_missing = outcome == Outcome::unknown && (is_new || expected.entries == 0);
  expected.entries = pending_->entries;
  if (pending_->pairs > 0) {
    pair_tried_ = pending_->marker;
    pairs_tried_ = pending_->pairs;
  }
  if (outcome == Outcome::unknown) return false;
  pairs_ = pairs_tried_;
  if (pending_->entries == 1) {
    expected.id = id_in(reply);
    deletable_.push_back(pending_->marker);
  }
  pending_.reset();
  return true;
}

bool Clerk::change(http::Client& client) {
  const auto number = std::to_string(value_ + 1);
  const auto outcome =
      ask(client, json_request(Method::patch, std::string(kEntries) + "/" + own_id_,
                               R"({"value": )" + number + "}"));
  if (outcome == Outcome::not_done) return false;
  value_tried_ = value_ + 1;
  if (outcome == Outcome::answered) value_ = value_tried_;
  return outcome == Outcome::answered;
}

bool Clerk::erase(http::Client& client, std::mt19937_64& random) {
  if (deletable_.empty()) return true;
  const auto place = deletable_.begin() + static_cast<std::ptrdiff_t>(random() % deletable_.size());
  Expected& expected = expected_[*place];
  const auto outcome =
      ask(client, json_request(Method::erase, std::string(kEntries) + "/" + expected.id, ""));
  if (outcome == Outcome::not_done) return false;
  deletable_.erase(place);
  expected.is_deleted = outcome == Outcome::answered;
  expected.may_be_deleted = outcome == Outcome::unknown;
  return outcome == Outcome::answered;
}

// Its bytes are its name (books.cpp looks).
bool Clerk::upload(http::Client& client) {
  const std::string marker = next_marker();
  http::ClientRequest request;
  request.method = Method::post;
  request.target = "/api/v1/files";
  request.headers = {{"Content-Type", "text/plain"}, {"Tenon-File-Name", marker}};
  request.body = marker;
  const auto outcome = ask(client, request);
  if (outcome == Outcome::not_done) return false;
  expected_[marker].may_be_missing = outcome == Outcome::unknown;
  return outcome == Outcome::answered;
}

std::vector<std::string> Clerk::audit(const Books& books) {
  audit_own(books);
  for (auto& [marker, expected] : expected_) audit_marker(marker, expected, books);
  return std::exchange(faults_, {});
}

void Clerk::audit_marker(const std::string& marker, Expected& expected, const Books& books) {
  const auto found = books.by_marker.find(marker);
  const Entries entries = found == books.by_marker.end() ? Entries{} : found->second;
  const bool is_missing = entries.there == 0;
  const bool is_right =
      entries.there == expected.entries || (is_missing && expected.may_be_missing);
  if (!is_right) {
    faults_.push_back(marker + " is there " + std::to_string(entries.there) + " times of " +
                      std::to_string(expected.entries));
  }
  const bool is_deleted = entries.deleted > 0;
  if (is_deleted != expected.is_deleted && !expected.may_be_deleted) {
    faults_.push_back(marker + (is_deleted ? " is deleted" : " is there again"));
  }
  expected.entries = entries.there;
  expected.is_deleted = is_deleted;
  expected.may_be_missing = expected.may_be_deleted = false;
}

// Its own entry counts the pairs: it and the last pair are there together, or neither.
void Clerk::audit_own(const Books& books) {
  const auto own = books.by_marker.find(own_marker(number_));
  if (own == books.by_marker.end() || own->second.there != 1) {
    faults_.push_back(own_marker(number_) + " is not there once");
    return;
  }
  const Entries& found = own->second;
  const bool is_uncertain = pairs_tried_ > pairs_;
  const bool pair_is_there = books.by_marker.contains(pair_tried_);
  const std::int64_t wanted = is_uncertain && pair_is_there ? pairs_tried_ : pairs_;
  if (found.pairs != wanted) {
    faults_.push_back(own_marker(number_) + " counts " + std::to_string(found.pairs) +
                      " pairs and not " + std::to_string(wanted));
  }
  if (found.value != value_ && found.value != value_tried_) {
    faults_.push_back(own_marker(number_) + " has the value " + std::to_string(found.value) +
                      " and not " + std::to_string(value_) + " or " + std::to_string(value_tried_));
  }
  pairs_ = pairs_tried_ = found.pairs;
  value_ = value_tried_ = found.value;
}

}  // namespace tenon::server::test
