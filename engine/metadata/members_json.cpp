// Members that several kinds of definition have, and labels.
#include "engine/base/id.h"
#include "engine/base/suggest.h"
#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr std::size_t kLabelBytesMax = 4096;

std::string read_label_text(json::Reader reader, Problems& problems) {
  auto text = reader.text();
  if (!text) {
    json::collect(problems, std::move(text.error()));
    return "";
  }
  if (text->empty()) problems.push_back(reader.problem("required", "the text is empty"));
  if (text->size() > kLabelBytesMax) {
    problems.push_back(reader.problem("limit", "the text is longer than 4096 bytes"));
  }
  return std::string(*text);
}

void check_name(const std::optional<json::Reader>& member, Problems& problems) {
  if (!member || member->kind() != json::Kind::text) return;
  if (is_name(*member->text())) return;
  problems.push_back(member->problem(
      "name", "\"" + std::string(*member->text()) +
                  "\" is no name: lower case letters, digits and _, at most 48, a letter first"));
}

}  // namespace

Label parse(json::Reader reader, json::To<Label>, Problems& problems) {
  Label label;
  if (reader.kind() == json::Kind::text) {
    label.texts.emplace_back("", read_label_text(reader, problems));
    return label;
  }
  if (reader.kind() != json::Kind::object || reader.size() == 0) {
    problems.push_back(reader.problem(
        "type", R"(must be a text, or a text per locale: {"en": "…", "zh-CN": "…"})"));
    return label;
  }
  for (const json::Reader member : reader) {
    label.texts.emplace_back(std::string(member.name()), read_label_text(member, problems));
  }
  return label;
}

void write(json::Writer& writer, const Label& label) {
  if (label.texts.size() == 1 && label.texts.front().first.empty()) {
    writer.text(label.texts.front().second);
    return;
  }
  writer.begin_object();
  for (const auto& [locale, text] : label.texts) writer.key(locale).text(text);
  writer.end_object();
}

void read_names(json::Members& members, std::string& id, std::string& name) {
  members.optional("$schema");
  const auto given_id = members.text("id");
  name = members.required_text("name").value_or("");
  id = given_id.value_or(name);
  check_name(members.reader().member("id"), members.problems());
  check_name(members.reader().member("name"), members.problems());
}

Label required_label(json::Members& members, std::string_view name) {
  const auto member = members.required(name);
  return member ? parse(*member, json::To<Label>{}, members.problems()) : Label{};
}

Label optional_label(json::Members& members, std::string_view name) {
  const auto member = members.optional(name);
  return member ? parse(*member, json::To<Label>{}, members.problems()) : Label{};
}

std::vector<std::string> texts(json::Reader array, Problems& problems) {
  std::vector<std::string> items;
  if (auto is_array = array.expect(json::Kind::array); !is_array) {
    json::collect(problems, std::move(is_array.error()));
    return items;
  }
  for (const json::Reader item : array) {
    auto text = item.text();
    if (!text) json::collect(problems, std::move(text.error()));
    items.emplace_back(text ? *text : std::string_view());
  }
  return items;
}

std::vector<std::string> texts(json::Members& members, std::string_view name) {
  const auto array = members.optional(name);
  return array ? texts(*array, members.problems()) : std::vector<std::string>{};
}

int small_integer(json::Members& members, std::string_view name, int usual, int min, int max) {
  const auto value = members.integer(name);
  if (!value) return usual;
  if (*value >= min && *value <= max) return static_cast<int>(*value);
  members.problems().push_back(members.reader().member(name)->problem(
      "range", "must be between " + std::to_string(min) + " and " + std::to_string(max)));
  return usual;
}

std::size_t one_of(json::Members& members, std::string_view name,
                   std::span<const std::string_view> words) {
  const auto text = members.text(name);
  if (!text) return 0;
  const auto found = std::find(words.begin(), words.end(), *text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + std::string(word);
  members.problems().push_back(members.reader().member(name)->problem(
      "choice", "\"" + *text + "\" is none of " + list + did_you_mean(*text, words)));
  return 0;
}

std::optional<Decimal> read_bound(json::Members& members, std::string_view name) {
  const auto member = members.optional(name);
  if (!member) return std::nullopt;
  const auto text = member->kind() == json::Kind::number ? member->number_text() : member->text();
  auto value = text ? Decimal::parse(*text) : Result<Decimal>(text.error());
  if (value) return *value;
  members.problems().push_back(member->problem("number", "must be a number, as \"10.50\""));
  return std::nullopt;
}

void write_names(json::Writer& writer, std::string_view id, std::string_view name) {
  if (id != name) writer.key("id").text(id);
  writer.key("name").text(name);
}

void write_text(json::Writer& writer, std::string_view name, std::string_view text) {
  if (!text.empty()) writer.key(name).text(text);
}

void write_label(json::Writer& writer, std::string_view name, const Label& label) {
  if (label.empty()) return;
  writer.key(name);
  write(writer, label);
}

void write_list_of_texts(json::Writer& writer, const std::vector<std::string>& texts) {
  writer.begin_array();
  for (const std::string& text : texts) writer.text(text);
  writer.end_array();
}

void write_texts(json::Writer& writer, std::string_view name,
                 const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  writer.key(name);
  write_list_of_texts(writer, texts);
}

}  // namespace tenon::metadata
