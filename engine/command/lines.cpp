#include "engine/command/lines.h"

#include <algorithm>
#include <unordered_map>

#include "engine/base/limits.h"
#include "engine/json/members.h"

namespace tenon::command {
namespace {

using application::Children;
using application::Object;

constexpr std::int64_t kPositionStep = std::int64_t{1} << 20;  // Room for twenty between two.

// A record or line whose lines are to be read.
struct Holder {
  RecordId id;
  std::vector<LinesDraft>* lines;
};

std::string field_name_of(const Object& object, const Children& children) {
  return object.field(children.slot).name;
}

RecordId holder_of(const record::Record& line, const Children& children) {
  return std::get<RecordId>(line.fields[static_cast<std::size_t>(children.parent_slot)]);
}

void read_level(Context& context, const Object& object, const std::vector<Holder>& holders);

void read_field(Context& context, const Object& object, const Children& children,
                const std::vector<Holder>& holders) {
  std::unordered_map<std::int64_t, std::vector<LineDraft>*> by_id;
  std::vector<RecordId> ids;
  for (const Holder& holder : holders) {
    holder.lines->push_back({&children, {}});
    if (holder.id.value != 0) ids.push_back(holder.id);
  }
  for (const Holder& holder : holders) by_id[holder.id.value] = &holder.lines->back().lines;
  const Object& lines = *children.lines;
  auto records = record::read_lines(context.tx, lines.table, children.parent_slot, ids);
  context.changes.note_read(records.size());
  for (record::Record& read : records) {
    LineDraft line;
    line.at = field_name_of(object, children) + "/" + text_of(read.id);
    line.before = read;
    line.record = std::move(read);
    by_id.at(holder_of(line.record, children).value)->push_back(std::move(line));
  }
  std::vector<Holder> below;
  for (const Holder& holder : holders) {
    for (LineDraft& line : holder.lines->back().lines) {
      below.push_back({line.record.id, &line.lines});
    }
  }
  if (!below.empty()) read_level(context, lines, below);
}

void read_level(Context& context, const Object& object, const std::vector<Holder>& holders) {
  for (const Holder& holder : holders) holder.lines->reserve(object.children.size());
  for (const Children& children : object.children) read_field(context, object, children, holders);
}

// Applies one input to the lines of one record.
class Putter {
 public:
  Putter(Context& context, RecordId root, bool is_new_record)
      : context_(context), root_(root), is_new_record_(is_new_record) {}

  void put(const Object& object, RecordId holder, const Input& input,
           std::vector<LinesDraft>& groups, int level) {
    if (level > limits::kLineLevelsMax) {
      return problem(
          "", "lines",
          "lines hold lines at most " + std::to_string(limits::kLineLevelsMax) + " levels deep");
    }
    for (const LinesInput& lines : input.lines) {
      const auto group = std::find_if(groups.begin(), groups.end(), [&](const LinesDraft& one) {
        return one.children->slot == lines.slot;
      });
      put_group(object, holder, lines, *group, level);
    }
  }

  std::vector<Problem> take_problems() { return std::move(problems_); }

 private:
  using Places = std::unordered_map<std::int64_t, std::size_t>;

  void problem(std::string at, std::string rule, std::string message) {
    problems_.push_back({std::move(at), std::move(rule), std::move(message)});
  }

  void put_group(const Object& object, RecordId holder, const LinesInput& input, LinesDraft& group,
                 int level) {
    const std::string name = object.field(input.slot).name;
    if (input.is_whole && !is_new_record_ && !group.lines.empty()) {
      return problem(name, "lines",
                     "the lines of a record that is there are changed with \"put\" and \"remove\"");
    }
    Places places;
    for (std::size_t i = 0; i < group.lines.size(); ++i) {
      places[group.lines[i].record.id.value] = i;
    }
    for (const RecordId id : input.remove) {
      const auto found = places.find(id.value);
      if (found == places.end()) {
        problem(name + "/remove", "line", "there is no line " + text_of(id));
      } else {
        remove_line(group.lines[found->second]);
      }
    }
    for (const LineInput& one : input.put) put_line(holder, one, group, places, level);
    place_lines(input, group);
  }

  void put_line(RecordId holder, const LineInput& input, LinesDraft& group, Places& places,
                int level) {
    const Object& lines = group.object();
    std::size_t place = group.lines.size();
    if (input.id) {
      const auto found = places.find(input.id->value);
      if (found == places.end() || group.lines[found->second].is_removed) {
        return problem(input.at + "/id", "line", "there is no line " + text_of(*input.id));
      }
      place = found->second;
    } else {
      group.lines.push_back(new_line(lines, holder, *group.children));
    }
    LineDraft& line = group.lines[place];
    line.is_given = true;
    line.at = input.at;
    write_input(input.fields, line.record.fields, line.written);
    put(lines, line.record.id, input.fields, line.lines, level + 1);
  }

  LineDraft new_line(const Object& lines, RecordId holder, const Children& children) {
    LineDraft line;
    line.record.id = RecordId{context_.ids.next()};
    line.record.root = root_;
    line.record.fields.resize(lines.types.size());
    line.record.fields[static_cast<std::size_t>(children.parent_slot)] = holder;
    for (const Children& below : lines.children) line.lines.push_back({&below, {}});
    return line;
  }

  // Moves what asks for another place, then numbers what has none that fits.
  void place_lines(const LinesInput& input, LinesDraft& group) {
    for (const LineInput& one : input.put) {
      if (one.after) move(one, group.lines);
    }
    std::int64_t last = 0;
    for (std::size_t i = 0; i < group.lines.size(); ++i) {
      std::int64_t& position = group.lines[i].record.position;
      if (position <= last) position = between(last, next_position(group.lines, i, last));
      last = position;
    }
  }

  void move(const LineInput& input, std::vector<LineDraft>& lines) {
    const auto at = std::find_if(lines.begin(), lines.end(),
                                 [&](const LineDraft& line) { return line.at == input.at; });
    if (at == lines.end()) return;  // It was not there; said.
    LineDraft moved = std::move(*at);
    moved.record.position = 0;
    lines.erase(at);
    auto to = lines.begin();
    if (input.after->value != 0) {
      to = std::find_if(lines.begin(), lines.end(),
                        [&](const LineDraft& line) { return line.record.id == *input.after; });
      if (to == lines.end()) {
        problem(input.at + "/after", "line", "there is no line " + text_of(*input.after));
      } else {
        ++to;
      }
    }
    lines.insert(to, std::move(moved));
  }

  // Of the lines behind, the first that keeps its place; 0 where there is none.
  static std::int64_t next_position(const std::vector<LineDraft>& lines, std::size_t at,
                                    std::int64_t last) {
    for (std::size_t i = at + 1; i < lines.size(); ++i) {
      if (lines[i].record.position > last) return lines[i].record.position;
    }
    return 0;
  }

  static std::int64_t between(std::int64_t last, std::int64_t next) {
    return next > last + 1 ? last + (next - last) / 2 : last + kPositionStep;
  }

  Context& context_;
  RecordId root_;
  bool is_new_record_;
  std::vector<Problem> problems_;
};

void add_line_objects(const Object& object, std::vector<const Object*>& found) {
  for (const Children& children : object.children) {
    if (std::find(found.begin(), found.end(), children.lines) != found.end()) continue;
    found.push_back(children.lines);
    add_line_objects(*children.lines, found);
  }
}

}  // namespace

void write_input(const Input& input, Values& fields, std::vector<bool>& written) {
  written.assign(fields.size(), false);
  for (const Input::Entry& entry : input.entries) {
    const auto slot = static_cast<std::size_t>(entry.slot);
    written[slot] = fields[slot] != entry.value;
    fields[slot] = entry.value;
  }
}

namespace {

bool is_written(const LineDraft& line) {
  if (!line.before) return !line.is_removed;
  if (line.is_removed || line.record.position != line.before->position) return true;
  return std::find(line.written.begin(), line.written.end(), true) != line.written.end();
}

}  // namespace

void note_written_lines(std::vector<LinesDraft>& groups, std::vector<bool>& written) {
  for (LinesDraft& group : groups) {
    for (LineDraft& line : group.lines) {
      if (line.is_given) note_written_lines(line.lines, line.written);
      if (is_written(line)) written[static_cast<std::size_t>(group.children->slot)] = true;
    }
  }
}

void remove_line(LineDraft& line) {
  line.is_removed = true;
  for (LinesDraft& group : line.lines) {
    for (LineDraft& below : group.lines) remove_line(below);
  }
}

std::vector<const Object*> line_objects(const Object& object) {
  std::vector<const Object*> found;
  add_line_objects(object, found);
  return found;
}

std::vector<LinesDraft> read_lines(Context& context, const Object& object,
                                   std::optional<RecordId> record) {
  std::vector<LinesDraft> groups;
  read_level(context, object, {{record.value_or(RecordId{}), &groups}});
  return groups;
}

Result<void> put_lines(Context& context, const Object& object, RecordId record, const Input& input,
                       bool is_new, std::vector<LinesDraft>& groups) {
  Putter putter(context, record, is_new);
  putter.put(object, record, input, groups, 1);
  auto problems = putter.take_problems();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  int count = 0;
  for_each_line(groups,
                [&](const Object&, const LineDraft& line) { count += line.is_removed ? 0 : 1; });
  if (count <= limits::kLinesPerRecordMax) return done();
  return Error::of(
      ErrorCode::limit, object.field(groups.front().children->slot).name, "lines",
      "a record holds at most " + std::to_string(limits::kLinesPerRecordMax) + " lines");
}

}  // namespace tenon::command
