// Texts as a search sees them: without case, width, compatibility forms and accents of Latin
// letters. Marks of other scripts stay: they make other letters there.
#pragma once

#include <string>
#include <string_view>

namespace tenon::text {

std::string folded(std::string_view text);

// Whether the needle, folded already, is somewhere in the text once that is folded. An empty needle
// is in every text. Does not allocate where the text is ASCII and Chinese.
bool contains_folded(std::string_view haystack, std::string_view folded_needle);

}  // namespace tenon::text
