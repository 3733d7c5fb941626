// What stands behind the server: gets a request, answers it now or later, from any thread.
//
// An answer given before handle() returns costs no switch of context. Answers given on another
// thread wake the session's thread; a thread that gives many at once (a group commit) collects them
// in a CompletionBatch, which wakes it once.
#pragma once

#include <atomic>
#include <memory>

#include "runtime/http/message.h"

namespace tenon::http {

// The place where a session waits for its answer.
class Slot {
 public:
  virtual ~Slot() = default;
  virtual void answer(Response response) = 0;
};

// Answers one request, once; further answers are dropped. One that goes away unused answers 500.
class Respond {
 public:
  explicit Respond(std::shared_ptr<Slot> slot) : slot_(std::move(slot)) {}
  Respond(Respond&&) = default;
  Respond& operator=(Respond&&) = default;
  ~Respond();

  void operator()(Response response);

 private:
  std::shared_ptr<Slot> slot_;
};

class Handler {
 public:
  virtual ~Handler() = default;
  virtual void handle(Request request, Respond respond) = 0;
  // The most bytes that a body may have at this target; asked before any is read.
  virtual std::size_t body_bytes_max(Method method, std::string_view target) const = 0;
};

// While it lives, answers given on this thread are collected; its end hands them over together.
class CompletionBatch {
 public:
  CompletionBatch();
  ~CompletionBatch();
  CompletionBatch(const CompletionBatch&) = delete;
  CompletionBatch& operator=(const CompletionBatch&) = delete;
};

}  // namespace tenon::http
