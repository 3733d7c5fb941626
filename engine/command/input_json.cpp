#include <algorithm>

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
    if (rights.may_read(slot)) names.push_back(object.field(slot).name);
  }
  return names;
}

class InputParser {
 public:
  InputParser(const application::Object& object, const permission::ObjectRights& rights)
      : object_(object), rights_(rights) {}

  Result<Input> parse_members(json::Reader reader) {
    TENON_CHECK(reader.expect(json::Kind::object));
    for (const json::Reader member : reader) add(member);
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    return std::move(input_);
  }

 private:
  void add(json::Reader member) {
    const std::string_view name = member.name();
    if (query::system_slot(name)) return refuse(member, "read_only", "is kept by the system");
    const auto slot = object_.find_slot(name);
    if (!slot || !rights_.may_read(*slot)) return unknown(member);
    const metadata::Field& field = object_.field(*slot);
    if (field.is_formula()) return refuse(member, "read_only", "is computed");
    if (input_.find(*slot) != nullptr) return refuse(member, "twice", "is given under two names");
    auto value = parse(member, object_.type(*slot));
    if (!value) return json::collect(problems_, std::move(value.error()));
    input_.entries.push_back({*slot, value.take()});
  }

  void unknown(json::Reader member) {
    const auto names = readable_names(object_, rights_);
    refuse(member, "unknown_field",
           object_.name() + " has no such field" +
               did_you_mean(member.name(), std::span<const std::string>(names)));
  }

  void refuse(json::Reader member, std::string rule, std::string message) {
    problems_.push_back(member.problem(std::move(rule), std::move(message)));
  }

  const application::Object& object_;
  const permission::ObjectRights& rights_;
  Input input_;
  std::vector<Problem> problems_;
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
  InputParser parser(object, rights.objects[static_cast<std::size_t>(object.place)]);
  return parser.parse_members(reader);
}

}  // namespace tenon::command
