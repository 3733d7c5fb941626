// Result<T>: a value, or the Error why there is none. It is never both and never neither.
//
//   TENON_TRY(const auto order, parse_order(text));   // Returns the error to the caller.
//   TENON_CHECK(may_write(actor, order));             // The same where there is no value.
//
// A Result must be looked at ([[nodiscard]]); taking the value of an error is a programmer's fault.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/base/error.h"

namespace tenon {

template <class T>
class [[nodiscard]] Result {
 public:
  // Anything that makes a T makes a Result<T>, so `return std::make_unique<Derived>()` reads well.
  template <class U = T>
  requires(std::is_constructible_v<T, U&&> && !std::is_same_v<std::decay_t<U>, Result> &&
           !std::is_same_v<std::decay_t<U>, Error>) Result(U&& value)
      : state_(std::in_place_index<0>, std::forward<U>(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return std::get<0>(state_); }
  const T& operator*() const { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  T take() { return std::move(std::get<0>(state_)); }
  Error& error() { return std::get<1>(state_); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const { return !error_; }
  Error& error() { return *error_; }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

inline Result<void> done() { return {}; }

}  // namespace tenon

#define TENON_JOIN_(a, b) a##b
#define TENON_JOIN(a, b) TENON_JOIN_(a, b)

#define TENON_TRY_(result, target, ...)          \
  auto result = (__VA_ARGS__);                   \
  if (!result) return std::move(result.error()); \
  target = result.take()
#define TENON_TRY(target, ...) TENON_TRY_(TENON_JOIN(tenon_result_, __LINE__), target, __VA_ARGS__)

#define TENON_CHECK(...)                                      \
  do {                                                        \
    if (auto tenon_checked = (__VA_ARGS__); !tenon_checked) { \
      return std::move(tenon_checked.error());                \
    }                                                         \
  } while (false)
