// Countries by their ISO 3166-1 code.
#pragma once

#include <string>
#include <string_view>

namespace tenon::text {

// "Germany" of "DE" in "en", "德国" in "zh-CN"; the code itself where nothing is known of it.
std::string country_name(std::string_view code, std::string_view locale);

}  // namespace tenon::text
