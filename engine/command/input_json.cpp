#include <algorithm>

#include "engine/application/money.h"
#include "engine/base/suggest.h"
#include "engine/command/input.h"
#include "engine/json/members.h"
#include "engine/query/context.h"

namespace tenon::command {
namespace {

std::vector<std::string> readable_names(const application::Object& object,
                                        const permission::ObjectRights& rights) {
  std::vector<std::string> names;
  for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
    if (application::is_currency(object, slot)) continue;
    if (rights.may_read(slot)) names.push_back(object.field(slot).name);
  }
  return names;
}

class InputParser {
 public:
  InputParser(const permission::Rights& rights, std::vector<Problem>& problems)
      : rights_(rights), problems_(problems) {}

  // `at` is where the object stands in the input: "" or "lines/0/".
  Input parse_members(json::Reader reader, const application::Object& object, const std::string& at,
                      LineInput* line) {
    Input input;
    if (auto is_object = reader.expect(json::Kind::object); !is_object) {
      json::collect(problems_, std::move(is_object.error()));
      return input;
    }
    input.entries.reserve(reader.size());
    for (const json::Reader member : reader) {
      if (line == nullptr || !add_to_line(member, *line)) add(member, object, at, input);
    }
    return input;
  }

 private:
  // What a line has besides its fields.
  bool add_to_line(json::Reader member, LineInput& line) {
    const bool is_id = member.name() == "id";
    if (!is_id && member.name() != "after") return false;
    if (!is_id && member.is_null()) {
      line.after = RecordId{};
      return true;
    }
    if (const auto id = line_id(member)) (is_id ? line.id : line.after) = *id;
    return true;
  }

  std::optional<RecordId> line_id(json::Reader reader) {
    if (const auto text = reader.text()) {
      if (const auto id = parse_id_text(*text)) return RecordId{*id};
    }
    refuse(reader, "reference", "must be the id of a line");
    return std::nullopt;
  }

  void add(json::Reader member, const application::Object& object, const std::string& at,
           Input& input) {
    const std::string_view name = member.name();
    const auto slot = object.find_slot(name);  // No field has the name of a system field.
    if (!slot && query::system_slot(name)) {
      return refuse(member, "read_only", "is kept by the system");
    }
    const auto& rights = rights_.objects[static_cast<std::size_t>(object.place)];
    if (!slot || !rights.may_read(*slot)) return unknown(member, object, rights);
    const metadata::Field& field = object.field(*slot);
    if (field.is_derived()) return refuse(member, "read_only", "is computed");
    if (!field.held_by.empty()) return refuse(member, "read_only", "is kept by the system");
    if (field.is_auto_number()) return refuse(member, "read_only", "is numbered by itself");
    if (field.is_children()) return add_lines(member, object, *slot, at + field.name, input);
    if (input.find(*slot) != nullptr) return refuse(member, "twice", "is given under two names");
    const int currency = application::currency_slot(object, *slot);
    if (currency >= 0) return add_money(member, object, *slot, currency, input);
    auto value = parse(member, object.type(*slot));
    if (!value) return json::collect(problems_, std::move(value.error()));
    input.entries.push_back({*slot, value.take()});
  }

  void add_money(json::Reader member, const application::Object& object, int slot, int currency,
                 Input& input) {
    auto money = parse_money(member, object.type(slot));
    if (!money) return json::collect(problems_, std::move(money.error()));
    input.entries.push_back({slot, std::move(money->amount)});
    input.entries.push_back({currency, std::move(money->currency)});
  }

  void add_lines(json::Reader member, const application::Object& object, int slot,
                 const std::string& at, Input& input) {
    const auto twice = [&](const LinesInput& known) { return known.slot == slot; };
    if (std::any_of(input.lines.begin(), input.lines.end(), twice)) {
      return refuse(member, "twice", "is given under two names");
    }
    const application::Object& lines = *object.find_children(slot)->lines;
    LinesInput parsed{.slot = slot, .is_whole = false, .put = {}, .remove = {}};
    if (member.kind() == json::Kind::array) {
      parsed.is_whole = true;
      put(member, lines, at, parsed);
    } else {
      changes(member, lines, at, parsed);
    }
    input.lines.push_back(std::move(parsed));
  }

  void changes(json::Reader member, const application::Object& lines, const std::string& at,
               LinesInput& parsed) {
    json::Members members(member, problems_);
    const auto given = members.optional("put");
    const auto removed = members.optional("remove");
    members.finish();
    if (given && is_array(*given)) put(*given, lines, at + "/put", parsed);
    if (!removed || !is_array(*removed)) return;
    for (const json::Reader item : *removed) {
      if (const auto id = line_id(item)) parsed.remove.push_back(*id);
    }
  }

  void put(json::Reader array, const application::Object& lines, const std::string& at,
           LinesInput& parsed) {
    std::size_t place = 0;
    for (const json::Reader item : array) {
      LineInput line{.id = {}, .after = {}, .fields = {}, .at = at + "/" + std::to_string(place++)};
      line.fields = parse_members(item, lines, line.at + "/", &line);
      parsed.put.push_back(std::move(line));
    }
  }

  bool is_array(json::Reader reader) {
    auto array = reader.expect(json::Kind::array);
    if (!array) json::collect(problems_, std::move(array.error()));
    return static_cast<bool>(array);
  }

  void unknown(json::Reader member, const application::Object& object,
               const permission::ObjectRights& rights) {
    const auto names = readable_names(object, rights);
    refuse(member, "unknown_field",
           object.name() + " has no such field" +
               did_you_mean(member.name(), std::span<const std::string>(names)));
  }

  void refuse(json::Reader member, std::string rule, std::string message) {
    problems_.push_back(member.problem(std::move(rule), std::move(message)));
  }

  const permission::Rights& rights_;
  std::vector<Problem>& problems_;
};

}  // namespace

const Value* Input::find(int slot) const {
  for (const Entry& entry : entries) {
    if (entry.slot == slot) return &entry.value;
  }
  return nullptr;
}

Result<Input> parse_input(json::Reader reader, const application::Object& object,
                          const permission::Rights& rights) {
  std::vector<Problem> problems;
  Input input = InputParser(rights, problems).parse_members(reader, object, "", nullptr);
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return input;
}

}  // namespace tenon::command
