#include "engine/command/row_input.h"

#include <algorithm>
#include <charconv>

#include "engine/base/limits.h"
#include "engine/command/access.h"
#include "engine/json/document.h"
#include "engine/json/members.h"
#include "engine/metadata/currency.h"
#include "engine/metadata/field_part.h"
#include "engine/record/merged_table.h"
#include "engine/text/letters.h"
#include "engine/text/normal.h"
#include "engine/value/references.h"

namespace tenon::command {
namespace {

using metadata::Feed;
using metadata::Transform;

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

const std::string& meant(const Feed& feed, const std::string& text) {
  for (const auto& [written, alias] : feed.aliases) {
    if (written == text) return alias;
  }
  return text;
}

// The same by the first of the column's aliases that knows the text.
const std::string& meant(const metadata::ImportMap& map, const std::string& header,
                         const std::string& text) {
  for (const metadata::ImportColumn& column : map.columns) {
    if (column.header != header) continue;
    for (const Feed& feed : column.feeds) {
      const std::string& alias = meant(feed, text);
      if (&alias != &text) return alias;
    }
  }
  return text;
}

// Letters and digits in lower case, everything between them one dot.
std::string login_of(std::string_view text) {
  std::string login;
  for (const char c : text::lower(text)) {
    const bool plain =
        static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      login += c;
    } else if (!login.empty() && login.back() != '.') {
      login += '.';
    }
  }
  if (!login.empty() && login.back() == '.') login.pop_back();
  return login;
}

std::string transformed(Transform as, const std::string& text) {
  switch (as) {
    case Transform::none: return text;
    case Transform::lower: return text::lower(text);
    case Transform::upper: return text::upper(text);
    case Transform::login: return login_of(text);
  }
  return text;
}

bool is_label(const metadata::Label& label, const std::string& folded) {
  return std::any_of(label.texts.begin(), label.texts.end(),
                     [&](const auto& one) { return text::folded(one.second) == folded; });
}

// The option that this text names, or is the label of in whatever language; the text itself where
// there is none, or more than one.
const std::string& option_meant(const metadata::Field& field, const std::string& text) {
  const std::string folded = text::folded(text);
  const std::string* meant = nullptr;
  for (const metadata::Option& option : field.options) {
    if (option.name == text) return option.name;
    if (!is_label(option.label, folded)) continue;
    if (meant != nullptr) return text;
    meant = &option.name;
  }
  return meant == nullptr ? text : *meant;
}

// The same of each part of a list.
std::string options_meant(const metadata::Field& field, const std::string& text) {
  if (field.type == "choice") return option_meant(field, text);
  if (field.type != "choices") return text;
  std::string names;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    names += option_meant(field, trimmed(text.substr(begin, end - begin))) + ";";
    begin = end + 1;
  }
  return names;
}

int slot_of(const application::Object& object, const std::string& field) {
  if (const auto part = metadata::money_part(field)) {
    return application::currency_slot(object, slot_of(object, std::string(part->field)));
  }
  if (const auto part = metadata::field_part(field)) {
    return slot_of(object, std::string(part->field));
  }
  for (std::size_t slot = 0; slot < object.types.size(); ++slot) {
    if (object.definition->fields[slot].id == field) return static_cast<int>(slot);
  }
  throw Fault("a resolved mapping names no field of " + object.id() + ": " + field);
}

// A whole number; 0 for anything else.
int level_in(const std::string& text) {
  int level = 0;
  const auto end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, level);
  const bool is_level = error == std::errc() && stop == end && level >= 1;
  return is_level && level <= limits::kLineLevelsMax ? level : 0;
}

void collect_at(std::vector<Problem>& problems, Error error, const std::string& at) {
  for (Problem& problem : error.problems) problem.at = at;
  json::collect(problems, std::move(error));
}

}  // namespace

RowInputs::RowInputs(Context& context, const application::Object& object,
                     const metadata::ImportMap& map, const std::vector<std::string>& header)
    : context_(context), object_(object), map_(map) {
  for (std::size_t cell = 0; cell < header.size(); ++cell) cells_[header[cell]] = cell;
  for (const metadata::ImportColumn& column : map.columns) {
    places_.push_back({&column, cells_.at(column.header)});
  }
}

int RowInputs::level_of(const std::vector<std::string>& row) const {
  for (const Place& place : places_) {
    for (const Feed& one : place.column->feeds) {
      if (one.level && place.cell < row.size()) return level_in(trimmed(row[place.cell]));
    }
  }
  return 0;
}

Result<RowInput> RowInputs::parse(const std::vector<std::string>& row) {
  if (row.size() != cells_.size()) {
    return Error::invalid("", "cells",
                          "the row has " + std::to_string(row.size()) + " cells, the header " +
                              std::to_string(cells_.size()));
  }
  Reading reading{{}, MoneyCells(object_), PartCells(object_), {}};
  for (const Place& place : places_) {
    for (const Feed& one : place.column->feeds) {
      feed(*place.column, one, trimmed(row[place.cell]), reading);
    }
  }
  for (const metadata::Joined& joined : map_.joined) join(joined, row, reading);
  for (const metadata::Constant& one : map_.constants) constant(one, reading);
  reading.money.settle(reading.result.input, reading.problems);
  reading.parts.settle(reading.result.input, reading.problems);
  if (!reading.problems.empty()) return Error::invalid(std::move(reading.problems));
  return std::move(reading.result);
}

void RowInputs::feed(const metadata::ImportColumn& column, const Feed& feed,
                     const std::string& cell, Reading& row) {
  const std::string text = transformed(feed.as, meant(feed, cell));
  if (feed.key) {
    if (text.empty()) {
      row.problems.push_back({column.header, "key", "the key of the row is empty"});
    }
    row.result.key += (row.result.key.empty() ? "" : "\x1f") + text;
  }
  if (feed.level) {
    row.result.level = level_in(text);
    if (row.result.level == 0) {
      row.problems.push_back(
          {column.header, "level",
           "the level must be a number from 1 to " + std::to_string(limits::kLineLevelsMax)});
    }
  }
  if (feed.field == metadata::kRolesField) {
    if (!text.empty()) row.result.roles.push_back(text);
  } else if (!feed.field.empty()) {
    fill(feed, column.header, text, row);
  }
}

void RowInputs::fill(const Feed& feed, const std::string& at, const std::string& text,
                     Reading& row) {
  const int slot = slot_of(object_, feed.field);
  if (const auto part = metadata::field_part(feed.field)) {
    return row.parts.add_cell(slot, part->part, at, text);
  }
  if (object_.type(slot).has_currencies()) {
    return row.money.add_amount(slot, at, text, feed.times);
  }
  if (application::is_currency(object_, slot)) {
    return row.money.add_currency(application::money_slot(object_, slot), at, text);
  }
  auto value = value_of(slot, feed, text);
  if (!value) return collect_at(row.problems, std::move(value.error()), at);
  row.result.input.entries.push_back({slot, value.take()});
}

CellFormat RowInputs::format_of(const Feed& feed) const {
  CellFormat format;
  if (!feed.format.empty()) format.date = feed.format;
  format.zone = &context_.app.zone();
  format.times = feed.times;
  return format;
}

Result<Value> RowInputs::value_of(int slot, const Feed& feed, const std::string& text) {
  if (text.empty()) return Value{};
  if (object_.type(slot).kind() == Kind::reference) return match(slot, feed.match, text);
  if (object_.type(slot).kind() == Kind::reference_list) {
    return match_each(slot, feed, feed.match, text);
  }
  return parse_cell(options_meant(object_.field(slot), text), object_.type(slot), format_of(feed));
}

Result<Value> RowInputs::match(int slot, const std::string& match, const std::string& text) {
  const auto remembered = matched_.find({slot, match, text});
  if (remembered != matched_.end()) return Value{remembered->second};
  const application::Object* target = context_.app.find_id(object_.field(slot).to);
  std::vector<RecordId> found;
  if (match == metadata::kMatchKey) {
    if (const auto id = find_by_key(context_, map_.source, *target, text)) {
      found.push_back(*id);
    }
  } else {
    const int by = slot_of(*target, match);
    TENON_TRY(const auto wanted, parse_cell(text, target->type(by), format_of({})));
    found = record::matching(context_.tx, target->table, by, wanted);
  }
  // What the actor may not see is not there: neither found nor one too many.
  std::erase_if(found, [&](RecordId id) { return !is_seen(*target, id); });
  if (found.size() == 1) {
    matched_[{slot, match, text}] = found[0];
    return Value{found[0]};
  }
  return Error::invalid("", "match",
                        (found.empty() ? "there is no " : "there is more than one ") +
                            target->name() + " \"" + text + "\"");
}

// A line is seen with the record that holds it.
bool RowInputs::is_seen(const application::Object& target, RecordId id) const {
  if (!target.is_line()) return may_see(context_, target, id);
  const auto& top = context_.app.objects()[static_cast<std::size_t>(target.top)];
  const auto roots = record::roots_of(context_.tx, target.table, {id});
  return !roots.empty() && may_see(context_, top, roots[0]);
}

Result<Value> RowInputs::match_each(int slot, const Feed& feed, const std::string& match_by,
                                    const std::string& text) {
  const std::string separator = feed.separator.empty() ? ";" : feed.separator;
  ReferenceList list;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    const std::string part = meant(feed, trimmed(text.substr(begin, end - begin)));
    begin = end + separator.size();
    if (part.empty()) continue;
    TENON_TRY(const auto value, match(slot, match_by, part));
    add_reference(list, std::get<RecordId>(value));
  }
  if (list.items.size() <= limits::kReferencesPerFieldMax) return tenon::value_of(std::move(list));
  return Error::invalid(
      "", "limit",
      "may hold at most " + std::to_string(limits::kReferencesPerFieldMax) + " records");
}

void RowInputs::join(const metadata::Joined& joined, const std::vector<std::string>& cells,
                     Reading& row) {
  std::string text;
  for (const std::string& column : joined.columns) {
    const std::string part = meant(map_, column, trimmed(cells[cells_.at(column)]));
    if (part.empty()) continue;
    text += (text.empty() ? "" : joined.separator) + part;
  }
  const int slot = slot_of(object_, joined.field);
  const std::string& name = object_.field(slot).name;
  if (const auto part = metadata::field_part(joined.field)) {
    return row.parts.add_cell(slot, part->part, name, text);
  }
  auto value = parse_cell(text, object_.type(slot), format_of({}));
  if (!value) return collect_at(row.problems, std::move(value.error()), name);
  row.result.input.entries.push_back({slot, value.take()});
}

Result<Value> RowInputs::constant_value(int slot, const metadata::Constant& constant,
                                        const json::Document& document) {
  if (constant.match.empty()) return tenon::parse(document.root(), object_.type(slot));
  TENON_TRY(const auto text, document.root().text());
  if (object_.type(slot).kind() == Kind::reference_list) {
    return match_each(slot, {}, constant.match, std::string(text));
  }
  return match(slot, constant.match, std::string(text));
}

void RowInputs::constant(const metadata::Constant& constant, Reading& row) {
  const std::string at = "constants/" + constant.field;
  const auto document = json::Document::parse(constant.json);
  if (!document) return collect_at(row.problems, document.error(), at);
  if (constant.field == metadata::kRolesField) {
    const json::Reader root = document->root();
    if (root.kind() == json::Kind::text) row.result.roles.emplace_back(*root.text());
    if (root.kind() != json::Kind::array) return;
    for (const json::Reader item : root) {
      if (const auto role = item.text()) row.result.roles.emplace_back(*role);
    }
    return;
  }
  const int slot = slot_of(object_, constant.field);
  if (const auto part = metadata::field_part(constant.field)) {
    const auto text = document->root().text();
    if (!text) return collect_at(row.problems, text.error(), at);
    return row.parts.add_constant(slot, part->part, at, std::string(*text));
  }
  auto value = constant_value(slot, constant, *document);
  if (!value) return collect_at(row.problems, std::move(value.error()), at);
  if (application::is_currency(object_, slot)) {
    const auto* code = std::get_if<std::string>(&*value);
    return row.money.add_currency(application::money_slot(object_, slot), at, code ? *code : "");
  }
  Input& input = row.result.input;
  if (object_.type(slot).has_currencies()) {
    auto given = parse_money(document->root(), object_.type(slot));
    if (!given) return collect_at(row.problems, std::move(given.error()), at);
    input.entries.push_back(
        {application::currency_slot(object_, slot), std::move(given->currency)});
  }
  input.entries.push_back({slot, value.take()});
}

std::optional<RecordId> find_by_key(const Context& context, std::string_view source,
                                    const application::Object& object, std::string_view key) {
  const auto id = record::find_external(context.tx, source, object.id(), key);
  if (!id) return std::nullopt;
  return record::find_living(context.tx, object.table, object.id(), *id);
}

}  // namespace tenon::command
