#include "runtime/http/inbox.h"

#include "runtime/http/handler.h"

namespace tenon::http {
namespace {

thread_local CompletionBatch* current = nullptr;
thread_local const Inbox* settled = nullptr;

}  // namespace

void Inbox::put(const std::shared_ptr<Inbox>& inbox, std::shared_ptr<Wakeable> item) {
  if (current != nullptr) {
    current->kept_.emplace_back(inbox, std::move(item));
    return;
  }
  if (inbox->push(std::move(item))) inbox->wake();
}

bool Inbox::push(std::shared_ptr<Wakeable> item) {
  const std::lock_guard lock(mutex_);
  if (!is_open_) return false;
  items_.push_back(std::move(item));
  return items_.size() == 1;
}

void Inbox::wake() {
  const std::lock_guard lock(mutex_);  // close() must not pass while post_ runs.
  if (is_open_) post_();
}

void Inbox::settle() { settled = this; }

bool Inbox::is_here() const { return settled == this; }

void Inbox::drain() {
  {
    const std::lock_guard lock(mutex_);
    items_.swap(spare_);
  }
  for (const auto& item : spare_) item->woken();
  spare_.clear();
}

void Inbox::close() {
  if (is_here()) settled = nullptr;
  Items dropped;
  const std::lock_guard lock(mutex_);
  is_open_ = false;
  items_.swap(dropped);
}

CompletionBatch::CompletionBatch() : outer_(current) { current = this; }

CompletionBatch::~CompletionBatch() {
  current = outer_;
  flush();
}

void CompletionBatch::flush() {
  std::vector<std::shared_ptr<Inbox>> sleeping;
  for (auto& [inbox, item] : kept_) {
    if (inbox->push(std::move(item))) sleeping.push_back(inbox);
  }
  kept_.clear();
  for (const auto& inbox : sleeping) inbox->wake();
}

}  // namespace tenon::http
