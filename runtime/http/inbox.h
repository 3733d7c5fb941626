// What other threads leave for an I/O thread: sessions to be woken there, many with one wake-up.
//
// put() is allowed from any thread, also when the I/O thread has ended (then it does nothing), so
// an answer that comes too late harms nobody. Knows no Asio: `post` brings drain() to the thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace tenon::http {

class Wakeable {
 public:
  virtual ~Wakeable() = default;
  virtual void woken() noexcept = 0;  // On the I/O thread.
};

class Inbox {
 public:
  // `post` makes the I/O thread call drain() soon; it must not block.
  explicit Inbox(std::function<void()> post) : post_(std::move(post)) {}

  // Kept by the calling thread's CompletionBatch, where there is one.
  static void put(const std::shared_ptr<Inbox>& inbox, std::shared_ptr<Wakeable> item);

  void settle();         // This is the I/O thread, until close().
  bool is_here() const;  // Whether the calling thread is it.
  void drain();          // On the I/O thread.
  void close();          // On the I/O thread, before it ends; what lies there is dropped.

 private:
  friend class CompletionBatch;
  using Items = std::vector<std::shared_ptr<Wakeable>>;

  bool push(std::shared_ptr<Wakeable> item);  // True where the thread must be woken for it.
  void wake();

  std::mutex mutex_;
  Items items_;
  Items spare_;  // Only the I/O thread's: keeps the capacity of the last round.
  std::function<void()> post_;
  bool is_open_ = true;
};

}  // namespace tenon::http
