#include "engine/application/memo.h"

#include <mutex>

#include "engine/base/limits.h"

namespace tenon::application {

std::shared_ptr<const Memo::Item> Memo::find(std::string_view key) const {
  const std::shared_lock lock(mutex_);
  const auto known = items_.find(key);
  return known == items_.end() ? nullptr : known->second;
}

void Memo::keep(std::string key, std::shared_ptr<const Item> item) {
  const std::unique_lock lock(mutex_);
  if (items_.size() >= limits::kMemoItemsMax) items_.clear();
  items_.insert_or_assign(std::move(key), std::move(item));
}

}  // namespace tenon::application
