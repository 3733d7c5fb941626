// Somebody who makes deeds, submits and signs them, until the server is gone; and knows what must
// be found of it.
//
// One request at a time is under way: repeated in the next life, it must have been done once.
#pragma once

#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "runtime/http/client.h"
#include "tests/runtime/server/deeds.h"

namespace tenon::server::test {

class Signer {
 public:
  // Makes itself an account, with a token that holds over all lives.
  Signer(int number, http::Client& command_line, int port);

  void work(int port, std::uint64_t seed);  // Until the connection breaks.
  std::vector<std::string> audit(const DeedBooks& books);
  int answered() const { return answered_; }

 private:
  enum class Kind { create, submit, sign };
  struct Pending {
    Kind kind;
    std::string key;  // Of the request, and the marker of a new deed.
    std::string target;
    std::string body;
  };

  bool go_on(http::Client& client, std::mt19937_64& random);
  bool send_pending(http::Client& client);
  bool sign_some(http::Client& client, std::mt19937_64& random);
  void settle(int status, const std::string& reply);
  http::ClientRequest request(http::Method method, const std::string& target,
                              const std::string& body) const;

  int number_;
  int last_ = 0;
  int answered_ = 0;
  std::string token_;
  std::optional<Pending> pending_;
  std::string marker_;             // Of the deed to be submitted next.
  std::string deed_;               // Its id; "": none is made.
  std::set<std::string> running_;  // Markers whose run was answered.
  std::set<std::string> signed_;   // Request ids that were answered.
  std::set<std::string> tried_;    // Request ids that may be there.
  std::vector<std::string> faults_;
};

}  // namespace tenon::server::test
