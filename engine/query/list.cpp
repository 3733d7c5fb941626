#include "engine/query/list.h"

#include "engine/base/limits.h"
#include "engine/query/later.h"
#include "engine/query/list_plan.h"
#include "engine/text/normal.h"

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

  void count(Count wanted, const std::vector<Column>& given, Page& page) {
    auto statement = prepared(context_, plan_->count, plan_->count_sql, given);
    page.count = statement.one([](const storage::Row& row) { return row.integer(0); });
    if (wanted == Count::exact || *page.count <= limits::kCountEstimateMax) return;
    page.count = limits::kCountEstimateMax;
    page.count_more = true;
  }

 private:
  const std::vector<Output>& outputs() const { return plan_->shape.outputs; }

  std::string signature() const {
    std::string text;
    for (const SortKey& key : plan_->sort) text += (key.descending ? "-" : "+") + key.path.text;
    return text;
  }

  Values values_of(const storage::Row& row) const {
    Values values;
    values.reserve(outputs().size());
    int place = 0;
    for (const Output& output : outputs()) {
      const Type& type = *output.type;
      if (row.is_null(place)) {
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
  if (query.count != Count::none) reading.count(query.count, given, page);
  return page;
}

Result<Page> read(const Context& context, std::string_view name, RecordId id,
                  const std::vector<std::string>& fields) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, name));
  ListRecords query;
  query.fields = fields;
  TENON_TRY(auto plan,
            plan_of(context, {.object = object, .query = &query, .is_one_record = true}));
  std::vector<Column> given(kFirstSortValue);
  given[kLimit] = std::int64_t{1};
  given[kRecord] = id.value;
  Reading reading(context, std::move(plan));
  auto page = reading.page(1, given);
  if (page.rows.empty()) return Error::not_found();
  reading.add_lines(page);
  return page;
}

}  // namespace tenon::query
