#include "engine/query/list.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/query/cursor.h"
#include "engine/text/normal.h"

namespace tenon::query {
namespace {

using storage::Fragment;
using storage::SqlBuilder;

struct SortKey {
  Path path;
  bool descending;
};

// Reads the request into typed parts; everything that is wrong with it is an error here.
class Lister {
 public:
  Lister(const Context& context, const application::Object& object)
      : context_(context), select_(context, object) {}

  Result<void> outputs(const std::vector<std::string>& fields) {
    if (fields.empty()) return all_outputs();
    // The id and version are always told: nobody can do anything with a record without them.
    for (const char* always : {"id", "version"}) TENON_CHECK(output(always));
    for (const std::string& field : fields) {
      if (field != "id" && field != "version") TENON_CHECK(output(field));
    }
    return done();
  }

  Result<void> sort(const std::vector<std::string>& keys) {
    if (keys.size() > static_cast<std::size_t>(limits::kSortKeysMax)) {
      return Error::of(ErrorCode::limit, "sort", "sort_keys",
                       "at most " + std::to_string(limits::kSortKeysMax) + " sort keys");
    }
    for (const std::string& key : keys) {
      const bool descending = !key.empty() && key.front() == '-';
      TENON_TRY(auto path, resolve(context_, select_.object(), key.substr(descending), "sort"));
      if (!path.type().format->ordered) {
        return Error::invalid("sort", "not_ordered", "\"" + path.text + "\" has no order");
      }
      sort_.push_back({std::move(path), descending});
    }
    return done();
  }

  Result<void> restrict(const ListRecords& query) {
    if (!query.filter.empty()) {
      TENON_TRY(auto condition, select_.filter(query.filter, "filter"));
      select_.where(std::move(condition));
    }
    if (!query.search.empty()) TENON_CHECK(search(query.search));
    return done();
  }

  Result<void> only(RecordId id) {
    select_.where(std::move(select_.column(-1).text(" = ").bind(Column{id.value})));
    return done();
  }

  Result<Page> page(const ListRecords& query) {
    Page page{.object = &select_.object(), .outputs = outputs_};
    const SqlBuilder columns = column_list();
    TENON_CHECK(select_.check_joins("fields"));
    if (query.count != Count::none) count(query.count, page);
    if (!query.after.empty()) TENON_CHECK(go_on_after(query.after));
    SqlBuilder sql;
    sql.text("SELECT ").append(columns).append(select_.from_where()).append(order());
    sql.text(" LIMIT ").bind(Column{std::int64_t{query.limit} + 1});
    fill(sql, query.limit, page);
    return page;
  }

 private:
  Result<void> all_outputs() {
    const application::Object& object = select_.object();
    for (const metadata::SystemField& field : metadata::system_fields()) {
      TENON_CHECK(output(std::string(field.name)));
    }
    const auto& rights = context_.rights.objects[static_cast<std::size_t>(object.place)];
    for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
      if (rights.may_read(slot)) TENON_CHECK(output(object.field(slot).name));
    }
    return done();
  }

  // A path brings along the references it follows: their ids are part of the answer.
  Result<void> output(const std::string& text) {
    const auto same = [&](const Output& known) { return known.path.text == text; };
    if (std::any_of(outputs_.begin(), outputs_.end(), same)) return done();
    if (const auto dot = text.rfind('.'); dot != std::string::npos) {
      TENON_CHECK(output(text.substr(0, dot)));
    }
    TENON_TRY(auto path, resolve(context_, select_.object(), text, "fields"));
    outputs_.push_back({std::move(path), nullptr});
    outputs_.back().type = &outputs_.back().path.type();
    return done();
  }

  // Words are looked for in the fields the object names for it, as far as the actor may read them.
  Result<void> search(std::string_view words) {
    if (words.size() > limits::kSearchBytesMax) {
      return Error::of(ErrorCode::limit, "q", "search_bytes", "at most 200 bytes");
    }
    const application::Object& object = select_.object();
    const std::string folded = text::folded(words);
    SqlBuilder any;
    bool first = true;
    std::vector<std::string> paths = object.definition->search;
    if (paths.empty()) paths.push_back(object.definition->title_field);
    for (const std::string& ids : paths) {
      const auto path = resolve(context_, object, ids, "q");
      if (!path || path->type().kind() != Kind::text) continue;
      any.text(first ? Fragment("tenon_contains(") : Fragment(" OR tenon_contains("))
          .append(select_.column(*path));
      any.text(", ").bind(Column{folded}).text(")");
      first = false;
    }
    if (first) any.text("0");
    select_.where(std::move(any));
    return done();
  }

  // Outputs, then the owner (for what the actor may do), then the sort values (for the cursor).
  SqlBuilder column_list() {
    SqlBuilder sql;
    for (const Output& output : outputs_) sql.append(select_.column(output.path)).text(", ");
    const int owner = select_.object().owner_slot;
    if (owner < 0) {
      sql.text("0");
    } else {
      sql.append(select_.column(owner));
    }
    for (const SortKey& key : sort_) sql.text(", ").append(select_.column(key.path));
    return sql;
  }

  SqlBuilder ordered(const SortKey& key) {
    SqlBuilder sql = select_.column(key.path);
    if (key.path.type().kind() == Kind::text) sql.text(" COLLATE tenon_text");
    return sql;
  }

  SqlBuilder order() {
    SqlBuilder sql;
    sql.text(" ORDER BY ");
    for (const SortKey& key : sort_) {
      sql.append(ordered(key)).text(key.descending ? Fragment(" DESC, ") : Fragment(", "));
    }
    sql.append(select_.column(-1)).text(id_descending() ? Fragment(" DESC") : Fragment(""));
    return sql;
  }

  bool id_descending() const { return sort_.empty() || sort_.back().descending; }

  std::string signature() const {
    std::string text;
    for (const SortKey& key : sort_) text += (key.descending ? "-" : "+") + key.path.text;
    return text;
  }

  // (k1 after v1) or (k1 is v1 and ((k2 after v2) or … id after id)). Empty values come first.
  Result<void> go_on_after(const std::string& text) {
    TENON_TRY(const auto cursor, parse_cursor(text, signature(), sort_.size()));
    SqlBuilder condition;
    for (std::size_t i = 0; i < sort_.size(); ++i) {
      condition.append(after(sort_[i], cursor.values[i]));
      condition.text(" AND (").append(beyond(sort_[i], cursor.values[i])).text(" OR (");
      condition.append(ordered(sort_[i])).text(" IS ").bind(cursor.values[i]).text(" AND ");
    }
    condition.append(select_.column(-1)).text(id_descending() ? Fragment(" < ") : Fragment(" > "));
    condition.bind(Column{cursor.id});
    for (std::size_t i = 0; i < sort_.size(); ++i) condition.text("))");
    select_.where(std::move(condition));
    return done();
  }

  // What an index can seek to: not before the value.
  SqlBuilder after(const SortKey& key, const Column& value) {
    SqlBuilder sql;
    if (std::holds_alternative<std::monostate>(value)) {
      if (!key.descending) return std::move(sql.text("1"));
      return std::move(sql.append(ordered(key)).text(" IS NULL"));
    }
    sql.text("(")
        .append(ordered(key))
        .text(key.descending ? Fragment(" <= ") : Fragment(" >= "))
        .bind(value);
    if (key.descending && may_be_empty(key)) sql.text(" OR ").append(ordered(key)).text(" IS NULL");
    return std::move(sql.text(")"));
  }

  SqlBuilder beyond(const SortKey& key, const Column& value) {
    SqlBuilder sql;
    if (std::holds_alternative<std::monostate>(value)) {
      if (key.descending) return std::move(sql.text("0"));
      return std::move(sql.append(ordered(key)).text(" IS NOT NULL"));
    }
    sql.append(ordered(key)).text(key.descending ? Fragment(" < ") : Fragment(" > ")).bind(value);
    if (key.descending && may_be_empty(key)) sql.text(" OR ").append(ordered(key)).text(" IS NULL");
    return sql;
  }

  static bool may_be_empty(const SortKey& key) {
    return key.path.last().slot >= 0 || key.path.steps.size() > 1;
  }

  void count(Count wanted, Page& page) {
    SqlBuilder sql;
    sql.text("SELECT count(*) FROM (SELECT 1").append(select_.from_where());
    if (wanted == Count::estimate) {
      sql.text(" LIMIT ").bind(Column{std::int64_t{limits::kCountEstimateMax} + 1});
    }
    sql.text(")");
    auto statement = context_.tx.statement(sql.sql());
    sql.bind_all(statement);
    page.count = statement.one([](const storage::Row& row) { return row.integer(0); });
    if (wanted == Count::exact || *page.count <= limits::kCountEstimateMax) return;
    page.count = limits::kCountEstimateMax;
    page.count_more = true;
  }

  void fill(const SqlBuilder& sql, int limit, Page& page) {
    auto statement = context_.tx.statement(sql.sql());
    sql.bind_all(statement);
    const auto& rights = context_.rights.objects[static_cast<std::size_t>(select_.object().place)];
    page.rows.reserve(static_cast<std::size_t>(limit));
    Cursor last;
    while (const auto row = statement.step()) {
      if (static_cast<int>(page.rows.size()) == limit) {
        page.next = write_cursor(last, signature());
        return;
      }
      page.rows.push_back(values_of(*row));
      const RecordId owner{row->integer(static_cast<int>(outputs_.size()))};
      page.may.push_back({permission::reaches(rights.update, context_.actor, owner),
                          permission::reaches(rights.erase, context_.actor, owner)});
      if (static_cast<int>(page.rows.size()) == limit) last = cursor_of(*row);
    }
  }

  Values values_of(const storage::Row& row) const {
    Values values;
    values.reserve(outputs_.size());
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      const int place = static_cast<int>(i);
      const Type& type = *outputs_[i].type;
      if (row.is_null(place)) {
        values.emplace_back();
      } else if (is_integer_column(type.kind())) {
        values.push_back(from_column(type, row.integer(place)));
      } else {
        values.push_back(from_column(type, row.text(place)));
      }
    }
    return values;
  }

  Cursor cursor_of(const storage::Row& row) const {
    Cursor cursor;
    cursor.id = row.integer(0);  // The id is always the first output.
    int place = static_cast<int>(outputs_.size()) + 1;
    for (const SortKey& key : sort_) {
      const bool integer = is_integer_column(key.path.type().kind());
      if (row.is_null(place)) {
        cursor.values.emplace_back();
      } else if (integer) {
        cursor.values.emplace_back(row.integer(place));
      } else {
        cursor.values.emplace_back(row.text(place));
      }
      ++place;
    }
    return cursor;
  }

  const Context& context_;
  Select select_;
  std::vector<Output> outputs_;
  std::vector<SortKey> sort_;
};

}  // namespace

Result<Page> list(const Context& context, const ListRecords& query) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, query.object));
  if (query.limit < 1 || query.limit > limits::kPageRecordsMax) {
    return Error::of(ErrorCode::limit, "limit", "page_records", "must be from 1 to 200");
  }
  Lister lister(context, *object);
  TENON_CHECK(lister.outputs(query.fields));
  TENON_CHECK(lister.sort(query.sort));
  TENON_CHECK(lister.restrict(query));
  return lister.page(query);
}

Result<Page> read(const Context& context, std::string_view name, RecordId id,
                  const std::vector<std::string>& fields) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, name));
  Lister lister(context, *object);
  TENON_CHECK(lister.outputs(fields));
  TENON_CHECK(lister.only(id));
  ListRecords one;
  one.limit = 1;
  TENON_TRY(auto page, lister.page(one));
  if (page.rows.empty()) return Error::not_found();
  return page;
}

}  // namespace tenon::query
