#include "engine/metadata/currency.h"

#include <algorithm>
#include <set>

#include "engine/metadata/draft.h"
#include "engine/text/currency.h"

namespace tenon::metadata {
namespace {

bool is_among(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// The field's own, else the workspace's, else the first.
const std::string& meant_by(const Field& field, const std::string& workspace) {
  if (!field.currency.empty()) return field.currency;
  return is_among(field.currencies, workspace) ? workspace : field.currencies.front();
}

Field beside(const Field& money) {
  Field field{.id = currency_id(money.id),
              .name = money.name + "." + std::string(kCurrency),
              .bundle = money.bundle,
              .label = {{{"en", "Currency"}, {"zh-CN", "货币"}}},
              .help = {},
              .type = "choice",
              .read_only = money.read_only};
  field.currency_of = money.id;
  for (const std::string& code : money.currencies) {
    field.options.push_back({code, {{{"", code}}}, ""});
  }
  return field;
}

}  // namespace

std::string currency_id(std::string_view money) { return std::string(money) + "__currency"; }

const Field* currency_beside(const Object& object, const Field& money) {
  return money.has_currencies() ? object.find_id(currency_id(money.id)) : nullptr;
}

std::optional<MoneyPart> money_part(std::string_view path) {
  const auto dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view part = path.substr(dot + 1);
  if (part != kAmount && part != kCurrency) return std::nullopt;
  return MoneyPart{path.substr(0, dot), part};
}

void add_currencies(Draft& draft) {
  for (Object& object : draft.own.objects) {
    const std::size_t fields = object.fields.size();
    for (std::size_t place = 0; place < fields; ++place) {
      Field& money = object.fields[place];
      if (!money.has_currencies()) continue;
      money.meant = meant_by(money, draft.own.currency);
      object.fields.push_back(beside(object.fields[place]));
    }
  }
}

void check_currencies(Draft& draft, const Field& field, const Place& place) {
  const Place at = place / "currencies";
  if (field.currencies.size() == 1) {
    draft.problem(at, "currency", "names at least two; one alone is the field's \"currency\"");
  }
  std::set<std::string> seen;
  for (std::size_t i = 0; i < field.currencies.size(); ++i) {
    const std::string& code = field.currencies[i];
    if (!text::currency_digits(code)) {
      draft.problem(at / i, "currency",
                    "there is no currency \"" + code + "\"; it is an ISO 4217 code, as \"USD\"");
    } else if (!seen.insert(code).second) {
      draft.problem(at / i, "duplicate", code + " is named twice");
    }
  }
  if (field.currencies.empty() || field.currency.empty()) return;
  if (is_among(field.currencies, field.currency)) return;
  draft.problem(place / "currency", "currency",
                "\"" + field.currency + "\" is not among the field's \"currencies\"");
}

}  // namespace tenon::metadata
