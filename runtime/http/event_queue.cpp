#include "runtime/http/event_queue.h"

#include <utility>

namespace tenon::http {

bool EventQueue::write(std::string event) {
  bool fits = false;
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return false;
    fits = waiting_.size() + event.size() <= bytes_max_;
    const bool is_told = !waiting_.empty();
    if (fits) waiting_.append(event);
    if (fits && is_told) return true;
  }
  if (fits) {
    wake_();
  } else {
    end(true);
  }
  return fits;
}

void EventQueue::on_closed(std::function<void()> closed) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_closed_) {
      closed_ = std::move(closed);
      return;
    }
  }
  if (closed) closed();
}

bool EventQueue::take(std::string& text) {
  text.clear();
  const std::lock_guard lock(mutex_);
  if (is_too_slow_) return false;
  text.swap(waiting_);
  return !text.empty() || !is_closed_;
}

bool EventQueue::is_closed() const {
  const std::lock_guard lock(mutex_);
  return is_closed_;
}

bool EventQueue::is_too_slow() const {
  const std::lock_guard lock(mutex_);
  return is_too_slow_;
}

void EventQueue::end(bool too_slow) {
  std::function<void()> closed;
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return;
    is_closed_ = true;
    is_too_slow_ = too_slow;
    closed.swap(closed_);
  }
  wake_();
  if (closed) closed();
}

}  // namespace tenon::http
