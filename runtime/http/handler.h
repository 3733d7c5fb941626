// What stands behind the server: gets a request, answers it now or later, from any thread.
//
// An answer given before handle() returns costs no switch of context. Answers given on another
// thread wake the I/O thread; a thread that gives many at once (a group commit) collects them in a
// CompletionBatch, which wakes it once.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/http/message.h"

namespace tenon::http {

// The place where a session waits for its answer.
class Slot {
 public:
  virtual ~Slot() = default;
  virtual void answer(Response response) = 0;  // From any thread.
  virtual void abandon();                      // Nobody will answer: answers 500.
};

// Answers one request, once; further answers are dropped. One that goes away unused answers 500.
class Respond {
 public:
  explicit Respond(std::shared_ptr<Slot> slot) : slot_(std::move(slot)) {}
  Respond(Respond&& other) noexcept : slot_(std::move(other.slot_)) {}
  Respond& operator=(Respond&& other) noexcept;
  ~Respond();

  void operator()(Response response);

 private:
  std::shared_ptr<Slot> slot_;
};

class Handler {
 public:
  virtual ~Handler() = default;

  // On the I/O thread: answers at once what is short, and hands everything else to a queue together
  // with its Respond. What it throws is logged, and answered 500.
  virtual void handle(Request request, Respond respond) = 0;

  // The most bytes that a body may have at this target; asked once the head is read. A client that
  // announces more is told 413 before any of it is read.
  virtual std::size_t body_bytes_max(Method method, std::string_view target) const = 0;
};

class Inbox;
class Wakeable;

// While it lives, answers given and events written on this thread are collected; its end, or
// flush(), hands them over together.
class CompletionBatch {
 public:
  CompletionBatch();
  ~CompletionBatch();
  CompletionBatch(const CompletionBatch&) = delete;
  CompletionBatch& operator=(const CompletionBatch&) = delete;

  void flush();

 private:
  friend class Inbox;
  CompletionBatch* outer_;
  std::vector<std::pair<std::shared_ptr<Inbox>, std::shared_ptr<Wakeable>>> kept_;
};

}  // namespace tenon::http
