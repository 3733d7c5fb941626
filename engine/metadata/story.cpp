#include "engine/metadata/story.h"

#include <charconv>

#include "engine/metadata/draft.h"
#include "engine/metadata/resolve.h"
#include "engine/value/elapsed.h"

namespace tenon::metadata {
namespace {

constexpr std::int64_t kElapsedNumberMax = 100'000;

std::int64_t unit_ms(char unit) {
  switch (unit) {
    case 's': return 1'000;
    case 'm': return 60'000;
    case 'h': return 3'600'000;
    case 'd': return 86'400'000;
    default: return 0;
  }
}

// "49h"; nothing for anything else.
std::optional<std::int64_t> short_elapsed_ms(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc{} || rest + 1 != end || unit_ms(*rest) == 0) return std::nullopt;
  if (number < 0 || number > kElapsedNumberMax) return std::nullopt;
  return number * unit_ms(*rest);
}

}  // namespace

Result<std::int64_t> parse_clock_step(std::string_view text, std::int64_t now_ms) {
  if (text.starts_with('+')) {
    const std::string_view elapsed = text.substr(1);
    if (const auto ms = short_elapsed_ms(elapsed)) return now_ms + *ms;
    TENON_TRY(const std::int64_t ms, parse_elapsed_ms(elapsed));
    return now_ms + ms;
  }
  TENON_TRY(const DateTime moment, parse_datetime(text));
  if (moment.ms >= now_ms) return moment.ms;
  return Error::invalid("", "forward", "the clock goes forward only");
}

Result<std::vector<Story>> read_stories(const Files& files) {
  Draft draft = read_draft(files);
  if (!draft.findings.problems.empty()) return Error::invalid(in_order(draft).problems);
  return std::move(draft.stories);
}

Result<std::vector<Story>> load_stories(const Files& files, const Bundle& bundle) {
  Draft draft = read_draft(files);
  ToIds to_ids(bundle, draft);
  for (Story& story : draft.stories) {
    translate(story, to_ids, draft.place("stories", story.name));
  }
  if (!draft.findings.problems.empty()) return Error::invalid(in_order(draft).problems);
  return std::move(draft.stories);
}

}  // namespace tenon::metadata
