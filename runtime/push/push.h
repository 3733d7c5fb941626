// Push: tells browsers what changed, as soon as it is durable.
//
// One thread reads the log behind a cursor and hands each stream what its actor may know, worked
// out once for all streams of equal rights and reach. No values travel. A burst becomes one notice
// per record; above a bound per object it becomes "the object changed".
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "engine/query/changes.h"
#include "runtime/http/message.h"

namespace tenon::push {

// What push needs of the process.
struct Source {
  std::function<std::shared_ptr<const application::Application>()> application;
  std::function<void(const std::function<void(storage::Transaction&)>&)> read;
  std::function<std::int64_t()> now_ms;
};

class Push {
 public:
  explicit Push(Source source);
  ~Push();
  Push(const Push&) = delete;
  Push& operator=(const Push&) = delete;

  // `cursor`: of the last notice the client saw; negative for a new one. The stream ends when
  // `is_valid` answers false: the session has ended or the person's rights changed.
  void add(std::shared_ptr<http::Stream> stream, Actor actor, std::int64_t cursor,
           std::function<bool()> is_valid);
  void wake();  // Something was committed.
  void close_all();

 private:
  struct Client {
    std::shared_ptr<http::Stream> stream;
    Actor actor;
    std::int64_t cursor;
    std::function<bool()> is_valid;
    std::int64_t told_at_ms;
    std::int64_t rings;  // Of tasks, as last told.
  };
  void run();
  void tell_all();
  void tell(Client& client, storage::Transaction& tx);

  Source source_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::list<Client> clients_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tenon::push
