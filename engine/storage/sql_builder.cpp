#include "engine/storage/sql_builder.h"

#include <algorithm>

namespace tenon::storage {
namespace {

constexpr std::size_t kPhysicalNameBytesMax = 64;  // A bundle's name with a prefix and a number.

bool is_physical_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.size() <= kPhysicalNameBytesMax && name.front() >= 'a' &&
         name.front() <= 'z' && std::all_of(name.begin(), name.end(), fits);
}

}  // namespace

SqlBuilder& SqlBuilder::text(Fragment fragment) {
  text_ += fragment.text();
  return *this;
}

SqlBuilder& SqlBuilder::name(std::string_view name) {
  if (!is_physical_name(name)) throw Fault("not a physical name: " + std::string(name));
  text_ += name;
  return *this;
}

SqlBuilder& SqlBuilder::bind(Column value) {
  places_.push_back(text_.size());
  bindings_.push_back(std::move(value));
  later_.push_back(kKnown);
  return *this;
}

SqlBuilder& SqlBuilder::bind_later(int what) {
  bind(Column{});
  later_.back() = what;
  return *this;
}

SqlBuilder& SqlBuilder::append(const SqlBuilder& other) {
  for (const std::size_t place : other.places_) places_.push_back(text_.size() + place);
  bindings_.insert(bindings_.end(), other.bindings_.begin(), other.bindings_.end());
  later_.insert(later_.end(), other.later_.begin(), other.later_.end());
  text_ += other.text_;
  return *this;
}

SqlBuilder& SqlBuilder::in_list(std::string json) {
  text_ += dialect_->in_list_before;
  bind(std::move(json));
  text_ += dialect_->in_list_behind;
  return *this;
}

SqlBuilder& SqlBuilder::in_list_later(int what) {
  text_ += dialect_->in_list_before;
  bind_later(what);
  text_ += dialect_->in_list_behind;
  return *this;
}

SqlBuilder& SqlBuilder::fragment(std::string_view literal) {
  text_ += literal;
  return *this;
}

std::string SqlBuilder::sql() const {
  std::string sql;
  sql.reserve(text_.size() + places_.size() * 4);
  std::size_t from = 0;
  int number = 0;
  for (const std::size_t place : places_) {
    sql.append(text_, from, place - from);
    sql += dialect_->placeholder;
    sql += std::to_string(++number);
    from = place;
  }
  return sql.append(text_, from);
}

void SqlBuilder::bind_all(Statement& statement) const {
  bind_all(statement, [](int) -> Column { throw Fault("nothing was left to be bound later"); });
}

void SqlBuilder::bind_all(Statement& statement,
                          const std::function<Column(int what)>& later) const {
  for (std::size_t i = 0; i < bindings_.size(); ++i) {
    const int place = static_cast<int>(i) + 1;
    if (later_[i] == kKnown) {
      statement.bind(place, bindings_[i]);
      continue;
    }
    const Column value = later(later_[i]);
    const auto* text = std::get_if<std::string>(&value);
    text == nullptr ? statement.bind(place, value) : statement.bind_copy(place, *text);
  }
}

}  // namespace tenon::storage
