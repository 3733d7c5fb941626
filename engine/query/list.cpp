#include "engine/query/list.h"

#include <algorithm>
#include <set>

#include "engine/base/limits.h"
#include "engine/query/later.h"
#include "engine/query/list_plan.h"
#include "engine/query/record_grant.h"
#include "engine/text/normal.h"
#include "engine/text/phone.h"
#include "engine/value/references.h"

namespace tenon::query {
namespace {

Column column_at(const storage::Row& row, int place, Kind kind) {
  if (row.is_null(place)) return {};
  return is_integer_column(kind) ? Column{row.integer(place)} : Column{row.text(place)};
}

// Runs a plan with what this page leaves open.
class Reading {
 public:
  Reading(const Context& context, std::shared_ptr<const ListPlan> plan)
      : context_(context),
        plan_(std::move(plan)),
        rights_(context.rights.objects[static_cast<std::size_t>(plan_->object->place)]) {}

  Page page(int limit, const std::vector<Column>& given) {
    Page page{.object = plan_->object, .shape = std::shared_ptr<const Shape>(plan_, &plan_->shape)};
    page.rows.reserve(static_cast<std::size_t>(limit));
    page.may.reserve(static_cast<std::size_t>(limit));
    auto statement = prepared(context_, plan_->page, plan_->page_sql, given);
    while (const auto row = statement.step()) {
      page.rows.push_back(values_of(*row));
      page.may.push_back(may_of(*row));
      if (static_cast<int>(page.rows.size()) < limit) continue;
      Cursor last = cursor_of(*row);
      if (statement.step()) page.next = write_cursor(last, signature());
      break;
    }
    return page;
  }

  // What the records of the page hold; their ids are the first output.
  void add_lines(Page& page) {
    std::vector<RecordId> ids;
    for (std::size_t place = 0; place < outputs().size(); ++place) {
      const Path& path = outputs()[place].path;
      const auto* children =
          path.last().slot < 0 ? nullptr : plan_->object->find_children(path.last().slot);
      if (path.steps.size() != 1 || children == nullptr) continue;
      if (ids.empty()) {
        for (const Values& row : page.rows) ids.push_back(std::get<RecordId>(row[0]));
      }
      page.lines[place] = lines_of(context_, *children, ids);
    }
  }

  // What stands in the lists of the page: one question for each list, however many rows there are.
  Result<void> add_targets(Page& page) {
    for (std::size_t place = 0; place < outputs().size(); ++place) {
      const Output& output = outputs()[place];
      if (output.through.empty()) continue;
      const Path::Step& last = output.path.last();
      const application::Object& object = *context_.app.find_id(last.object->field(last.slot).to);
      TENON_TRY(auto targets, targets_of_lists(page, place, object, output.through));
      page.targets[place] = std::make_shared<const Targets>(std::move(targets));
    }
    return done();
  }

  void count(Count wanted, const std::vector<Column>& given, Page& page) {
    auto statement = prepared(context_, plan_->count, plan_->count_sql, given);
    page.count = statement.one([](const storage::Row& row) { return row.integer(0); });
    if (wanted == Count::exact || *page.count <= limits::kCountEstimateMax) return;
    page.count = limits::kCountEstimateMax;
    page.count_more = true;
  }

 private:
  const std::vector<Output>& outputs() const { return plan_->shape.outputs; }

  Result<Targets> targets_of_lists(const Page& page, std::size_t place,
                                   const application::Object& object,
                                   const std::vector<std::string>& fields) const {
    std::set<std::int64_t> ids;
    for (const Values& row : page.rows) {
      for (const RecordId id : targets_of(row[place])) ids.insert(id.value);
    }
    ReferenceList list;
    for (const std::int64_t id : ids) list.items.push_back({id});
    ListRecords query;
    query.fields = fields;
    // A file is known to whoever sees it in a list: what was asked of it is no more than that.
    const bool is_file = &object == &context_.app.system_object("file");
    const Actor system = system_actor(Surface::system, "names of files in a list");
    const Context asked{context_.app,
                        is_file ? system : context_.actor,
                        is_file ? context_.app.rights(system) : context_.rights,
                        context_.tx,
                        context_.now,
                        context_.is_building,
                        context_.looked_up};
    TENON_TRY(auto plan, plan_of(asked, {.object = &object, .query = &query, .is_of_ids = true}));
    const auto count = static_cast<int>(ids.size());
    std::vector<Column> given(kFirstSortValue);
    given[kLimit] = std::int64_t{count};
    given[kRecord] = ids.empty() ? Column{std::string("[]")}
                                 : to_column({.format = &format_of(Kind::reference_list)},
                                             Value{std::move(list)});
    Targets targets{Reading(asked, std::move(plan)).page(count, given), {}};
    for (std::size_t row = 0; row < targets.page.rows.size(); ++row) {
      targets.rows.emplace(std::get<RecordId>(targets.page.rows[row][0]).value, row);
    }
    return targets;
  }

  std::string signature() const {
    std::string text;
    for (const SortKey& key : plan_->sort) text += (key.descending ? "-" : "+") + key.path.text;
    return text;
  }

  Values values_of(const storage::Row& row) const {
    Values values;
    values.reserve(outputs().size());
    int place = 0;
    int currency = static_cast<int>(outputs().size() + plan_->sort.size()) + 1;
    for (const Output& output : outputs()) {
      const Type& type = *output.type;
      if (output.path.is_whole()) {
        values.push_back(whole_at(row, place, currency++, type));
      } else if (row.is_null(place)) {
        values.emplace_back();
      } else if (is_integer_column(type.kind())) {
        values.push_back(from_column(type, row.integer(place)));
      } else {
        values.push_back(from_column(type, row.text(place)));
      }
      ++place;
    }
    return values;
  }

  May may_of(const storage::Row& row) const {
    const RecordId owner{row.integer(static_cast<int>(outputs().size()))};
    return {permission::reaches(rights_.update, context_.actor, owner),
            permission::reaches(rights_.erase, context_.actor, owner),
            {},
            {}};
  }

  Cursor cursor_of(const storage::Row& row) const {
    Cursor cursor;
    cursor.id = row.integer(0);  // The id is always the first output.
    int place = static_cast<int>(outputs().size()) + 1;
    for (const SortKey& key : plan_->sort) {
      cursor.values.push_back(column_at(row, place++, key.path.type().kind()));
    }
    return cursor;
  }

  const Context& context_;
  const std::shared_ptr<const ListPlan> plan_;
  const permission::ObjectRights& rights_;
};

}  // namespace

Result<Page> list(const Context& context, const ListRecords& query) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, query.object));
  if (query.limit < 1 || query.limit > limits::kPageRecordsMax) {
    return Error::of(ErrorCode::limit, "limit", "page_records", "must be from 1 to 200");
  }
  if (query.search.size() > limits::kSearchBytesMax) {
    return Error::of(ErrorCode::limit, "q", "search_bytes", "at most 200 bytes");
  }
  std::vector<Column> given(kFirstSortValue);
  given[kLimit] = std::int64_t{query.limit} + 1;
  given[kWords] = text::folded(query.search);
  if (std::string digits = text::searched_digits(query.search); !digits.empty()) {
    given[kDigits] = std::move(digits);
  }
  Question question{.object = object, .query = &query};
  Cursor after;
  if (!query.after.empty()) {
    TENON_TRY(after, parse_cursor(query.after, signature_of(query.sort), query.sort.size()));
    given[kRecord] = after.id;
    given.insert(given.end(), after.values.begin(), after.values.end());
    question.after = &after;
  }
  TENON_TRY(auto plan, plan_of(context, question));
  Reading reading(context, std::move(plan));
  Page page = reading.page(query.limit, given);
  reading.add_lines(page);
  TENON_CHECK(reading.add_targets(page));
  if (query.count != Count::none) reading.count(query.count, given, page);
  return page;
}

namespace {

Result<Page> read_one(const Context& context, const application::Object& object, RecordId id,
                      const std::vector<std::string>& fields) {
  ListRecords query;
  query.fields = fields;
  TENON_TRY(auto plan,
            plan_of(context, {.object = &object, .query = &query, .is_one_record = true}));
  std::vector<Column> given(kFirstSortValue);
  given[kLimit] = std::int64_t{1};
  given[kRecord] = id.value;
  Reading reading(context, std::move(plan));
  auto page = reading.page(1, given);
  if (page.rows.empty()) return Error::not_found();
  reading.add_lines(page);
  TENON_CHECK(reading.add_targets(page));
  return page;
}

bool reads_all(const permission::ObjectRights& rights) {
  return std::find(rights.readable.begin(), rights.readable.end(), false) == rights.readable.end();
}

}  // namespace

Result<Page> read(const Context& context, std::string_view name, RecordId id,
                  const std::vector<std::string>& fields) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, name));
  return read_one(context, *object, id, fields);
}

Result<Page> read_with_runs(const Context& context, std::string_view name, RecordId id,
                            const std::vector<std::string>& fields) {
  auto page = read(context, name, id, fields);
  const application::Object* object = context.app.find(name);
  if (object == nullptr || object->is_line()) return page;
  const auto& own = context.rights.objects[static_cast<std::size_t>(object->place)];
  const bool has_flows = !context.app.flows_of(object->id()).empty();
  if (page && (!has_flows || reads_all(own))) return page;
  const bool is_seen = page || static_cast<bool>(read(context, name, id, {"id"}));
  const auto grant = granted_by_runs(context, *object, id, is_seen);
  if (!grant || (page && grant->readable == own.readable)) return page;
  Context granted{context.app, context.actor, context.rights,
                  context.tx,  context.now,   context.is_building};
  granted.grant = &*grant;
  return read_one(granted, *object, id, fields);
}

}  // namespace tenon::query
