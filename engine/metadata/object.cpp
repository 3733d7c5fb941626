#include "engine/metadata/object.h"

#include <array>

namespace tenon::metadata {
namespace {

constexpr std::int64_t kRatingMax = 5;  // Stars, where the field does not say.

template <class Member>
const Field* find_by(const std::vector<Field>& fields, Member member, std::string_view text) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.*member == text; });
  return found == fields.end() ? nullptr : &*found;
}

const Format& format_of_field(const Field& field) {
  if (field.is_formula() && !field.outcome) {
    const Kind kind = field.result.value_or(Kind::text);
    const bool is_money = kind == Kind::number && !field.currency.empty();
    return is_money ? *find_format("money") : format_of(kind);
  }
  if (field.outcome) return *find_format(field.outcome->format);
  const Format* format = find_format(field.type);  // None only before load has refused it.
  return format == nullptr ? format_of(Kind::text) : *format;
}

}  // namespace

Type type_of(const Field& field, std::string_view country) {
  const Format& format = format_of_field(field);
  Type type{.format = &format,
            .scale = field.scale.value_or(format.scale_default),
            .length_max = field.length_max.value_or(format.length_max_default),
            .minimum = field.minimum,
            .maximum = field.maximum,
            .options = {},
            .country = std::string(country)};
  if (field.type == "rating") {
    type.minimum = Decimal::of(0);
    type.maximum = field.maximum.value_or(Decimal::of(kRatingMax));
  }
  if (field.outcome) type.scale = field.outcome->scale;
  const auto& options = field.outcome ? field.outcome->options : field.options;
  for (const Option& option : options) type.options.push_back(option.name);
  type.currencies = field.currencies;
  if (field.has_currencies()) type.currency = field.meant;
  return type;
}

const Field* Object::find(std::string_view field_name) const {
  const Field* found = find_by(fields, &Field::name, field_name);
  return found == nullptr || found->currency_of.empty() ? found : nullptr;
}

const Field* Object::find_id(std::string_view field_id) const {
  return find_by(fields, &Field::id, field_id);
}

std::span<const SystemField> system_fields() {
  static const std::array<SystemField, 6> kFields{{
      {"id", "reference", "", {{{"en", "ID"}, {"zh-CN", "编号"}}}},
      {"version", "integer", "", {{{"en", "Version"}, {"zh-CN", "版本"}}}},
      {"created_at", "datetime", "", {{{"en", "Created"}, {"zh-CN", "创建时间"}}}},
      {"created_by", "user", "user", {{{"en", "Created by"}, {"zh-CN", "创建人"}}}},
      {"updated_at", "datetime", "", {{{"en", "Updated"}, {"zh-CN", "更新时间"}}}},
      {"updated_by", "user", "user", {{{"en", "Updated by"}, {"zh-CN", "更新人"}}}},
  }};
  return kFields;
}

}  // namespace tenon::metadata
