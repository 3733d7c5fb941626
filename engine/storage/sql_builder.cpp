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
  return *this;
}

SqlBuilder& SqlBuilder::append(const SqlBuilder& other) {
  for (const std::size_t place : other.places_) places_.push_back(text_.size() + place);
  bindings_.insert(bindings_.end(), other.bindings_.begin(), other.bindings_.end());
  text_ += other.text_;
  return *this;
}

SqlBuilder& SqlBuilder::in_list(std::string json) {
  text_ += dialect_->in_list_before;
  bind(std::move(json));
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
  int place = 0;
  for (const Column& value : bindings_) statement.bind(++place, value);
}

}  // namespace tenon::storage
