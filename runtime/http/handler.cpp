#include "runtime/http/handler.h"

namespace tenon::http {

void Slot::abandon() { answer(refusal(500, "outcome_unknown", "the request was dropped", "")); }

Respond& Respond::operator=(Respond&& other) noexcept {
  std::swap(slot_, other.slot_);  // The other one's end answers what this one did not.
  return *this;
}

Respond::~Respond() {
  if (slot_) slot_->abandon();
}

void Respond::operator()(Response response) {
  if (const auto slot = std::exchange(slot_, nullptr)) slot->answer(std::move(response));
}

}  // namespace tenon::http
