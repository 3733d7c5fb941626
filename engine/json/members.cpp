#include "engine/json/members.h"

#include <algorithm>

#include "engine/base/suggest.h"

namespace tenon::json {

Members::Members(Reader object, std::vector<Problem>& problems)
    : object_(object), problems_(problems) {
  asked_.reserve(object.size() + 1);
  if (auto is_object = object.expect(Kind::object); !is_object) {
    collect(problems_, std::move(is_object.error()));
  }
}

std::optional<Reader> Members::present(std::string_view name) {
  asked_.push_back(name);
  return object_.member(name);
}

std::optional<Reader> Members::optional(std::string_view name) {
  const auto member = present(name);
  return member && !member->is_null() ? member : std::nullopt;
}

std::optional<Reader> Members::required(std::string_view name) {
  const auto member = optional(name);
  if (!member && object_.kind() == Kind::object) {
    problems_.push_back(
        object_.problem("required", "the member \"" + std::string(name) + "\" is missing"));
  }
  return member;
}

namespace {

std::optional<std::string> text_in(const std::optional<Reader>& member,
                                   std::vector<Problem>& problems) {
  if (!member) return std::nullopt;
  auto text = member->text();
  if (text) return std::string(*text);
  collect(problems, std::move(text.error()));
  return std::nullopt;
}

}  // namespace

std::optional<std::string> Members::text(std::string_view name) {
  return text_in(optional(name), problems_);
}

std::optional<std::string> Members::required_text(std::string_view name) {
  return text_in(required(name), problems_);
}

std::optional<bool> Members::boolean(std::string_view name) {
  const auto member = optional(name);
  if (!member) return std::nullopt;
  auto truth = member->boolean();
  if (truth) return *truth;
  collect(problems_, std::move(truth.error()));
  return std::nullopt;
}

std::optional<std::int64_t> Members::integer(std::string_view name) {
  const auto member = optional(name);
  if (!member) return std::nullopt;
  auto value = member->integer();
  if (value) return *value;
  collect(problems_, std::move(value.error()));
  return std::nullopt;
}

void Members::finish() {
  if (object_.kind() != Kind::object) return;
  for (const Reader member : object_) {
    if (std::find(asked_.begin(), asked_.end(), member.name()) != asked_.end()) continue;
    problems_.push_back(member.problem(
        "unknown_member", "there is no such member" + did_you_mean(member.name(), asked_)));
  }
}

void collect(std::vector<Problem>& problems, Error error) {
  problems.insert(problems.end(), std::make_move_iterator(error.problems.begin()),
                  std::make_move_iterator(error.problems.end()));
}

}  // namespace tenon::json
