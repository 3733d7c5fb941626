#include "engine/query/tasks.h"

#include <algorithm>
#include <set>

#include "engine/base/limits.h"
#include "engine/query/cursor.h"
#include "engine/query/flow_names.h"
#include "engine/query/record_grant.h"
#include "engine/run/bell.h"
#include "engine/run/run.h"
#include "engine/text/normal.h"

namespace tenon::query {
namespace {

using application::Flow;
using run::Head;
using run::Listed;
using run::Mark;
using run::Task;

// A search looks at so many rows for one page; a cursor leads on from there.
constexpr int kSearchedMax = 2'000;
constexpr int kSearchedAtOnce = 200;

std::string_view name_of(Box box) {
  switch (box) {
    case Box::todo: return "todo";
    case Box::done: return "done";
    case Box::mine: return "mine";
    case Box::cc: return "cc";
  }
  return "";
}

std::string cursor_of(Box box, const Mark& mark) {
  return write_cursor(
      {mark.run.value, {Column{mark.first}, Column{mark.second}, Column{std::int64_t{mark.place}}}},
      name_of(box));
}

Result<std::optional<Mark>> parse_mark(Box box, const std::string& text) {
  if (text.empty()) return std::optional<Mark>{};
  TENON_TRY(const auto cursor, parse_cursor(text, name_of(box), 3));
  std::int64_t values[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto* integer = std::get_if<std::int64_t>(&cursor.values[i]);
    if (integer == nullptr || (i == 2 && (*integer < 0 || *integer > INT32_MAX))) {
      return Error::of(ErrorCode::malformed, "after", "cursor",
                       "this cursor is not one of this list; begin again without it");
    }
    values[i] = *integer;
  }
  return std::optional(Mark{values[0], values[1], {cursor.id}, static_cast<int>(values[2])});
}

const Head& head_of(const Task& task) { return task.run; }
const Head& head_of(const Listed& listed) { return listed.run; }

// Records by the object they are of, each once.
template <class Rows>
std::map<std::string, std::vector<RecordId>> records_of(const Rows& rows) {
  std::map<std::string, std::set<RecordId>> sets;
  for (const auto& row : rows) sets[head_of(row).object].insert(head_of(row).record);
  std::map<std::string, std::vector<RecordId>> lists;
  for (const auto& [object, ids] : sets) lists[object].assign(ids.begin(), ids.end());
  return lists;
}

// Whether the row itself lets its person see the record: what they began does not.
bool lets(const Task&) { return true; }
bool lets(const Listed& listed) { return listed.at_ms != 0; }

const metadata::FlowNode* node_of(FlowNames& names, const Task& task) {
  const Head& head = task.run;
  const auto [flow, node] = names.place(head.flow, head.version, head.gone, task.seat.node);
  const bool is_known = flow != nullptr && node > 0 && node <= static_cast<int>(flow->nodes.size());
  return is_known ? &flow->nodes[static_cast<std::size_t>(node) - 1] : nullptr;
}
const metadata::FlowNode* node_of(FlowNames&, const Listed&) { return nullptr; }

void keep(RunTitles& titles, const std::string& object, TitledRecords records) {
  for (auto& [id, record] : records) {
    titles.records.try_emplace({object, id}, std::move(record));
  }
}

template <class Rows>
void add_records(const Context& context, const Rows& rows, bool facts, RunTitles& titles) {
  for (const auto& [name, ids] : records_of(rows)) {
    const application::Object* object = context.app.find_id(name);
    if (object != nullptr) keep(titles, name, query::titles(context, *object, ids, facts));
  }
}

// Of records that only the task, or the copy, lets its people see: one query for each node.
template <class Rows>
void add_let(const Context& context, const Rows& rows, RunTitles& titles) {
  FlowNames names(context);
  std::map<std::pair<std::string, const metadata::FlowNode*>, std::vector<RecordId>> missing;
  for (const auto& row : rows) {
    const Head& head = head_of(row);
    if (!lets(row) || titles.records.contains({head.object, head.record})) continue;
    missing[{head.object, node_of(names, row)}].push_back(head.record);
  }
  for (const auto& [place, ids] : missing) {
    const auto& [id, node] = place;
    const application::Object* object = context.app.find_id(id);
    if (object == nullptr) continue;
    keep(titles, id, titles_by_task(context, *object, ids, slots_let(context, *object, node)));
  }
}

void add_people(const Context& context, const std::set<RecordId>& people, RunTitles& titles) {
  const std::vector<RecordId> ids(people.begin(), people.end());
  titles.people = names_of_people(context, ids);
}

void add_places(const Context& context, const std::vector<Listed>& runs, RunTitles& titles) {
  std::vector<flow::RunId> ids;
  for (const Listed& one : runs) {
    if (one.run.state != flow::RunState::finished) ids.push_back(one.run.id);
  }
  for (const run::Standing& one : run::standing(context.tx, ids)) {
    auto& places = titles.places[one.run];
    auto place = std::find_if(places.begin(), places.end(),
                              [&](const RunPlace& known) { return known.node == one.node; });
    if (place == places.end()) {
      places.push_back({one.node, one.since_ms, {}});
      place = std::prev(places.end());
    }
    if (one.person != flow::kNobody) place->people.push_back(one.person);
  }
}

// Whether a row holds every word that is looked for.
class Search {
 public:
  Search(const Context& context, const std::string& text) : context_(context) {
    std::string word;
    for (const char c : text::folded(text) + " ") {
      if (c != ' ') {
        word += c;
      } else if (!word.empty()) {
        words_.push_back(std::move(word));
        word.clear();
      }
    }
  }

  template <class Rows>
  Rows found(Rows rows) const {
    if (words_.empty()) return rows;
    RunTitles titles;
    add_records(context_, rows, false, titles);
    std::set<RecordId> people;
    for (const auto& row : rows) people.insert(head_of(row).initiator);
    add_people(context_, people, titles);
    std::erase_if(rows, [&](const auto& row) { return !fits(head_of(row), titles); });
    return rows;
  }
  bool is_empty() const { return words_.empty(); }

 private:
  bool fits(const Head& head, const RunTitles& titles) const {
    std::string all;
    if (const auto* record = titles.find(head)) all = record->title;
    if (const Flow* flow = flow_of(context_.app, head)) {
      all += "\n" + metadata::text_in(flow->definition->label, context_.actor.locale);
    }
    const auto name = titles.people.find(head.initiator);
    if (name != titles.people.end()) all += "\n" + name->second;
    all = text::folded(all);
    return std::all_of(words_.begin(), words_.end(), [&](const std::string& word) {
      return all.find(word) != std::string::npos;
    });
  }

  const Context& context_;
  std::vector<std::string> words_;
};

// Reads rows until the page is full or enough was looked at; says where the next page begins.
template <class Row>
std::vector<Row> read_page(const Context& context, const ListTasks& query, run::Page page,
                           std::vector<Row> (*read)(storage::Transaction&, const run::Page&),
                           Mark (*mark_of)(const Row&), std::string& next) {
  const Search search(context, query.search);
  const auto limit = static_cast<std::size_t>(query.limit);
  std::vector<Row> found;
  page.count_max = search.is_empty() ? query.limit + 1 : kSearchedAtOnce;
  for (int looked_at = 0;;) {
    auto rows = read(context.tx, page);
    const bool is_last = rows.size() < static_cast<std::size_t>(page.count_max);
    looked_at += page.count_max;
    if (!rows.empty()) page.after = mark_of(rows.back());
    for (Row& row : search.found(std::move(rows))) found.push_back(std::move(row));
    if (found.size() > limit) {
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(limit), found.end());
      next = cursor_of(query.box, mark_of(found.back()));
      return found;
    }
    if (is_last) return found;
    if (looked_at < kSearchedMax) continue;
    next = cursor_of(query.box, *page.after);
    return found;
  }
}

}  // namespace

Result<TaskPage> list_tasks(const Context& context, const ListTasks& query) {
  TaskPage page{.box = query.box};
  page.counts = run::count_todo(context.tx, context.actor.user, context.now.ms);
  TENON_TRY(const auto after, parse_mark(query.box, query.after));
  run::Page asked{context.actor.user, "", after, query.limit};
  if (!query.flow.empty()) {
    const Flow* flow = context.app.find_flow(query.flow);
    if (flow == nullptr) {
      return Error::of(ErrorCode::not_found, "flow", "flow",
                       "there is no flow \"" + query.flow + "\"");
    }
    asked.flow = flow->id();
  }
  switch (query.box) {
    case Box::todo:
      page.tasks = read_page<Task>(context, query, asked, run::todo, run::mark_of_todo, page.next);
      break;
    case Box::done:
      page.tasks =
          read_page<Task>(context, query, asked, run::decided, run::mark_of_decided, page.next);
      break;
    case Box::mine:
      page.runs =
          read_page<Listed>(context, query, asked, run::begun, run::mark_of_begun, page.next);
      break;
    case Box::cc:
      page.runs =
          read_page<Listed>(context, query, asked, run::copied, run::mark_of_copied, page.next);
      break;
  }
  return page;
}

std::int64_t task_rings(storage::Transaction& tx, RecordId user) { return run::rings_of(tx, user); }

const TitledRecord* RunTitles::find(const Head& head) const {
  const auto found = records.find({head.object, head.record});
  return found == records.end() ? nullptr : &found->second;
}

RunTitles titles(const Context& context, const std::vector<Task>& tasks) {
  RunTitles titles;
  add_records(context, tasks, true, titles);
  add_let(context, tasks, titles);
  std::set<RecordId> people;
  for (const Task& task : tasks) {
    people.insert({task.run.initiator, task.seat.holder, task.seat.behalf_of, task.seat.helper});
  }
  add_people(context, people, titles);
  return titles;
}

RunTitles titles(const Context& context, const std::vector<Listed>& runs) {
  RunTitles titles;
  add_records(context, runs, false, titles);
  add_let(context, runs, titles);
  add_places(context, runs, titles);
  std::set<RecordId> people;
  for (const Listed& one : runs) people.insert(one.run.initiator);
  for (const auto& [run, places] : titles.places) {
    for (const RunPlace& place : places) people.insert(place.people.begin(), place.people.end());
  }
  add_people(context, people, titles);
  return titles;
}

std::vector<flow::RunId> runs_of_record(const Context& context, const application::Object& object,
                                        RecordId record, int count_max) {
  return run::runs_of(context.tx, object.id(), record, count_max);
}

std::optional<Head> head_of_run(const Context& context, flow::RunId run) {
  return run::head(context.tx, run);
}

const Flow* flow_of(const application::Application& app, const Head& head) {
  const Flow* own = app.find_flow(head.flow, head.version);
  return own != nullptr ? own : app.find_flow(head.flow);
}

}  // namespace tenon::query
