// The events that wait for one client of a stream. Bounded: who does not keep up is dropped.
//
// Any thread writes, the session takes; it is woken once until it has taken all. The session sends
// a comment line in silence, so that proxies and clients know the stream to be alive.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>

#include "runtime/http/message.h"

namespace tenon::http {

class EventQueue final : public Stream {
 public:
  static constexpr std::size_t kBytesMax = 256u << 10;  // Some thousand changes.

  // `wake` is called when there is something to take, and at the end; from any thread.
  explicit EventQueue(std::function<void()> wake, std::size_t bytes_max = kBytesMax)
      : wake_(std::move(wake)), bytes_max_(bytes_max) {}

  bool write(std::string event) override;
  void close() override { end(false); }
  void on_closed(std::function<void()> closed) override;

  // For the session: all that waits, perhaps nothing. False at the end.
  bool take(std::string& text);
  bool is_closed() const;
  bool is_too_slow() const;

 private:
  void end(bool too_slow);

  mutable std::mutex mutex_;
  std::string waiting_;
  std::function<void()> wake_;
  std::function<void()> closed_;
  std::size_t bytes_max_;
  bool is_closed_ = false;
  bool is_too_slow_ = false;
};

}  // namespace tenon::http
