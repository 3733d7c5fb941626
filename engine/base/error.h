// What a caller can be told when a request is refused.
//
// Tenon has two ways to fail, and every function uses exactly one of them for each cause:
//   Error  a user, an API client or a bundle author caused it and can mend it. It is a value,
//          travels in Result<T>, and says where the trouble is.
//   Fault  an operator or a programmer caused it (disk full, broken invariant). It is thrown,
//          and caught in three places only: an HTTP session, a job worker, the CLI's main.
//
// The list of codes is closed: runtime/api/problem.cpp maps each to one HTTP status.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenon {

enum class ErrorCode {
  invalid,          // The input breaks a rule; the problems say which.
  malformed,        // The input cannot be read at all: broken JSON, a bad cursor.
  denied,           // The actor may not do this.
  not_found,        // It does not exist, or the actor may not know that it does.
  conflict,         // It changed meanwhile, or the value must be unique.
  limit,            // A bound from base/limits.h was reached.
  locked,           // A run holds the record.
  unauthenticated,  // Nobody is signed in, or the password is wrong.
  too_large,        // More bytes than the bound for this input.
  too_many,         // More requests than allowed in this time.
  unsupported,      // A content type that is not read here.
  method,           // A verb that this address does not answer.
  busy,             // A queue is full; try again shortly.
  not_done,         // It was not carried out, and may be sent again: disk full, shutting down.
  outcome_unknown,  // It may or may not have been carried out.
};

std::string_view name_of(ErrorCode code);

// One thing to mend. `at` is a path into the caller's own input: "amount", "nodes/3/test".
struct Problem {
  std::string at;
  std::string rule;     // Stable and machine-readable: "required", "unique", "formula.type".
  std::string message;  // For people, in the bundle's language.

  friend bool operator==(const Problem&, const Problem&) = default;
};

struct Error {
  ErrorCode code;
  std::vector<Problem> problems;

  static Error invalid(std::vector<Problem> problems) {
    return {ErrorCode::invalid, std::move(problems)};
  }
  static Error invalid(std::string at, std::string rule, std::string message) {
    return of(ErrorCode::invalid, std::move(at), std::move(rule), std::move(message));
  }
  static Error of(ErrorCode code, std::string at, std::string rule, std::string message) {
    return {code, {{std::move(at), std::move(rule), std::move(message)}}};
  }
  static Error not_found() { return {ErrorCode::not_found, {}}; }
  static Error denied(std::string at, std::string message) {
    return of(ErrorCode::denied, std::move(at), "denied", std::move(message));
  }
};

// One line for logs and the command line: "invalid: amount: required: Say how much."
std::string describe(const Error& error);

class Fault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The disk is full or cannot be written: reads go on, writes are answered `not_done`.
class StorageFull : public Fault {
 public:
  using Fault::Fault;
};

}  // namespace tenon
