#include "engine/metadata/named_field.h"

namespace tenon::metadata {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace

std::optional<NamedField> named_field(const Bundle& whole, const std::string& object,
                                      std::string_view formula) {
  constexpr std::string_view kUser = "$user.";
  std::string_view path = trimmed(formula);
  std::string at = object;
  bool is_always_given = true;
  if (path.starts_with(kUser)) {  // Nobody, where the system acts.
    path.remove_prefix(kUser.size());
    at = "user";
    is_always_given = false;
  }
  const BundleNames names(whole);
  while (true) {
    const std::size_t dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    const Object* of = whole.find_id(at);
    const auto member = names.member(at, step);
    if (of == nullptr || !member) return std::nullopt;
    const Field* field = of->find_id(step);
    is_always_given = is_always_given && field != nullptr && field->required;
    if (dot == std::string_view::npos) {
      if (field == nullptr) return std::nullopt;
      return NamedField{field, is_always_given};
    }
    path.remove_prefix(dot + 1);
    if (member->currency) {  // price.amount, price.currency
      const auto part = member->part(path);
      const Field* found = part ? of->find_id(part->id) : nullptr;
      if (found == nullptr) return std::nullopt;
      return NamedField{found, is_always_given};
    }
    at = member->type.object;
  }
}

}  // namespace tenon::metadata
