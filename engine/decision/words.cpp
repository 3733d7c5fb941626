#include "engine/decision/words.h"

namespace tenon::decision {
namespace {

std::string quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

// From one segment to another, both in.
std::string run_text(const Axis& axis, std::size_t from, std::size_t to) {
  const std::size_t last = axis.segments() - 2;
  const auto point = [&](std::size_t place) { return text_of(axis.points[place]); };
  const bool closed_low = from % 2 == 1;
  const bool closed_high = to % 2 == 1;
  if (from == to && closed_low) return point(from / 2);
  if (from == 0 && to == last) return "not(null)";
  if (from == 0) return (closed_high ? "<= " : "< ") + point(to / 2);
  const std::string low = point(closed_low ? from / 2 : from / 2 - 1);
  if (to == last) return (closed_low ? ">= " : "> ") + low;
  return (closed_low ? "[" : "(") + low + ".." + point(to / 2) + (closed_high ? "]" : ")");
}

bool has_order(Kind kind) {
  return kind == Kind::number || kind == Kind::date || kind == Kind::time || kind == Kind::datetime;
}

void add(std::string& list, const std::string& item) { list += (list.empty() ? "" : ", ") + item; }

// Values in runs, each as an interval.
std::string ordered_cell(const Axis& axis, const Bits& within) {
  std::string text;
  // Segments that cannot be (between two whole numbers) do not break a run.
  const auto goes_on = [&](std::size_t s) { return within.has(s) || !axis.possible.has(s); };
  for (std::size_t s = 0; s < axis.empty_segment(); ++s) {
    if (!within.has(s)) continue;
    std::size_t last = s;
    for (std::size_t next = s; next < axis.empty_segment() && goes_on(next); ++next) {
      if (within.has(next)) last = next;
    }
    add(text, run_text(axis, s, last));
    s = last;
  }
  if (within.has(axis.empty_segment())) add(text, "null");
  return text;
}

// Values one by one; or, where those are among them that no test names, the others.
std::string listed_cell(const Axis& axis, const Bits& within) {
  bool has_unnamed = false;
  for (std::size_t s = 0; s < axis.empty_segment(); s += 2) {
    has_unnamed = has_unnamed || within.has(s);
  }
  std::string text;
  const auto is_listed = [&](std::size_t s) {
    return axis.possible.has(s) && within.has(s) != has_unnamed;
  };
  for (std::size_t s = 1; s < axis.empty_segment(); s += 2) {
    if (is_listed(s)) add(text, text_of(axis.points[s / 2]));
  }
  if (is_listed(axis.empty_segment())) add(text, "null");
  return has_unnamed ? "not(" + text + ")" : text;
}

}  // namespace

std::string text_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return quoted(*text);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* number = std::get_if<Decimal>(&value)) return number->text();
  if (const auto* date = std::get_if<Date>(&value)) return quoted(tenon::text_of(*date));
  if (const auto* time = std::get_if<Time>(&value)) return quoted(tenon::text_of(*time));
  if (const auto* moment = std::get_if<DateTime>(&value)) return quoted(tenon::text_of(*moment));
  if (const auto* id = std::get_if<RecordId>(&value)) return quoted(tenon::text_of(*id));
  return "null";
}

std::string cell_of(const Axis& axis, const Bits& segments) {
  Bits within = segments;
  within &= axis.possible;
  if (within == axis.possible) return "-";
  return has_order(axis.kind) ? ordered_cell(axis, within) : listed_cell(axis, within);
}

}  // namespace tenon::decision
