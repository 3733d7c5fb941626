// One of many who write at the same time, until the server is gone; and knows what must be found.
//
// An entry is made, a pair of them together with a change of the clerk's own entry (an atomic
// batch: half of it would be seen), the own entry is changed, an older entry is deleted, a file is
// sent. What was answered is certain; of the one request under way when the server went, both are
// right. Creates and batches have a key: repeated in the next life they must be there once,
// whatever had become of them.
#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "runtime/http/client.h"
#include "tests/runtime/server/books.h"

namespace tenon::server::test {

class Clerk {
 public:
  explicit Clerk(int number) : number_(number) {}

  void begin(http::Client& client);                          // Makes its own entry.
  void work(const std::string& socket, std::uint64_t seed);  // Until the connection breaks.
  // What is wrong. What was uncertain is certain from now on: as it was found.
  std::vector<std::string> audit(const Books& books);
  int answered() const { return answered_; }

 private:
  struct Expected {
    int entries = 1;
    std::string id;
    bool is_deleted = false;
    bool may_be_missing = false;
    bool may_be_deleted = false;
  };
  enum class Outcome { answered, not_done, unknown };

  // A create or a batch, as long as nobody knows whether it was done.
  struct Pending {
    http::ClientRequest request;
    std::string marker;
    int entries;
    std::int64_t pairs;  // What its own entry counts then; 0: it is not concerned.
  };

  bool create(http::Client& client);
  bool pair(http::Client& client);
  bool send_pending(http::Client& client);
  bool change(http::Client& client);
  bool erase(http::Client& client, std::mt19937_64& random);
  bool upload(http::Client& client);
  Outcome ask(http::Client& client, const http::ClientRequest& request,
              std::string* reply = nullptr);
  std::string next_marker() { return std::to_string(number_) + "-" + std::to_string(++last_); }
  void audit_marker(const std::string& marker, Expected& expected, const Books& books);
  void audit_own(const Books& books);

  int number_;
  int last_ = 0;
  int answered_ = 0;
  std::string own_id_;
  std::map<std::string, Expected> expected_;
  std::vector<std::string> deletable_;  // Markers.
  std::int64_t pairs_ = 0;              // As answered, and as tried.
  std::int64_t pairs_tried_ = 0;
  std::string pair_tried_;
  std::optional<Pending> pending_;
  std::int64_t value_ = 0;
  std::int64_t value_tried_ = 0;
  std::vector<std::string> faults_;
};

}  // namespace tenon::server::test
