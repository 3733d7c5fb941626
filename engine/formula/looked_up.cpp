#include "engine/formula/looked_up.h"

#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace tenon::formula {
namespace {

// Those that SQL may ask. A statement is given a number, and no pointer, so that one that outlived
// its answer finds nothing.
class Handles {
 public:
  std::int64_t add(const LookedUp& looked_up) {
    const std::unique_lock lock(mutex_);
    living_.emplace(++last_, &looked_up);
    return last_;
  }
  void remove(std::int64_t handle) {
    const std::unique_lock lock(mutex_);
    living_.erase(handle);
  }
  const LookedUp* find(std::int64_t handle) const {
    const std::shared_lock lock(mutex_);
    const auto found = living_.find(handle);
    return found == living_.end() ? nullptr : found->second;
  }

 private:
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::int64_t, const LookedUp*> living_;
  std::int64_t last_ = 0;
};

Handles& handles() {
  static Handles handles;
  return handles;
}

}  // namespace

LookedUp::~LookedUp() {
  if (handle_ != 0) handles().remove(handle_);
}

std::int64_t LookedUp::handle() const {
  if (handle_ == 0) handle_ = handles().add(*this);
  return handle_;
}

const LookedUp* LookedUp::find(std::int64_t handle) { return handles().find(handle); }

}  // namespace tenon::formula
