#include "engine/query/group.h"

#include <algorithm>
#include <map>

#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/query/later.h"
#include "engine/query/measure.h"
#include "engine/query/period.h"

namespace tenon::query {
namespace {

using storage::SqlBuilder;

struct Key {
  Path path;
  Period period;
  std::string name;
};

class Grouper {
 public:
  Grouper(const Context& context, const application::Object& object,
          const metadata::QueryBody& query)
      : context_(context), object_(object), query_(query), select_(context, object) {}

  Result<void> prepare(std::string_view filter) {
    TENON_CHECK(keys());
    std::map<std::string, std::string, std::less<>> groups;
    for (const Key& key : keys_) groups.emplace(key.path.text, key.name);
    TENON_TRY(measures_, compile_measures(context_, select_, query_.measures, groups));
    for (const std::string_view text : {std::string_view(query_.filter), filter}) {
      if (text.empty()) continue;
      TENON_TRY(auto condition, select_.filter(text, "filter"));
      select_.where(std::move(condition));
      filters_.emplace_back(text);
    }
    return sort();
  }

  Result<Grouping> answer() {
    Grouping grouping{.object = &object_, .groups = keys_.size()};
    columns(grouping);
    TENON_CHECK(rows(grouping));
    TENON_CHECK(totals(grouping));
    order(grouping);
    return grouping;
  }

 private:
  Result<void> keys() {
    if (query_.group.size() > static_cast<std::size_t>(limits::kGroupKeysMax)) {
      return Error::of(ErrorCode::limit, "group", "group_keys", "at most 4 groups");
    }
    for (const metadata::GroupKey& key : query_.group) {
      TENON_TRY(auto path, resolve(context_, object_, key.path, "group"));
      if (path.type().kind() == Kind::reference_list) {
        return Error::invalid(
            "group", "several",
            "\"" + path.text + "\" are several records: nothing is grouped by it");
      }
      if (path.is_whole()) {
        return Error::invalid("group", "several_currencies",
                              "\"" + path.text +
                                  "\" is an amount in one of several currencies: group by \"" +
                                  path.text + ".currency\", or by \"" + path.text + ".amount\"");
      }
      TENON_CHECK(select_.check_built(path, "group"));
      TENON_TRY(const auto period, parse_period(key.by, path.type().kind()));
      std::string name = key.name.empty() ? path.text : key.name;
      keys_.push_back({std::move(path), period, std::move(name)});
    }
    return done();
  }

  Result<void> sort() {
    std::vector<std::string> names;
    for (const Key& key : keys_) names.push_back(key.name);
    for (const Measure& measure : measures_) names.push_back(measure.name);
    for (const std::string& key : query_.sort) {
      const bool descending = !key.empty() && key.front() == '-';
      const std::string name = key.substr(descending);
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) {
        return Error::invalid(
            "sort", "unknown_column",
            "no column \"" + name + "\"" + did_you_mean(name, std::span<const std::string>(names)));
      }
      sort_.push_back({static_cast<std::size_t>(found - names.begin()), descending});
    }
    return done();
  }

  void columns(Grouping& grouping) const {
    for (const Key& key : keys_) {
      GroupColumn column{.name = key.name,
                         .label = label_of(key.path, context_.actor.locale),
                         .type = key.path.type(),
                         .currency = "",
                         .target = key.path.target(context_.app)};
      if (key.period != Period::none) column.type = Type{.format = &format_of(Kind::date)};
      const Path::Step& last = key.path.last();
      if (last.slot >= 0 && !last.object->field(last.slot).options.empty()) {
        column.choices = &last.object->field(last.slot);
      }
      grouping.columns.push_back(std::move(column));
    }
    for (const Measure& measure : measures_) {
      grouping.columns.push_back(
          {measure.name, measure.label, measure.type, measure.currency, measure.currency_group});
    }
  }

  SqlBuilder key_column(const Key& key) {
    SqlBuilder column = select_.column(key.path);
    if (key.period == Period::none) return column;
    SqlBuilder sql;
    sql.text("tenon_period(").append(column).text(", ");
    sql.bind(Column{std::string(name_of(key.period))}).text(", ");
    const bool moment = key.path.type().kind() == Kind::datetime;
    sql.bind(moment ? Column{context_.app.bundle().time_zone} : Column{}).text(")");
    return sql;
  }

  // The title of a group that is a reference, as far as the actor may see it.
  SqlBuilder title_column(const Key& key) {
    const application::Object* target = key.path.target(context_.app);
    SqlBuilder nothing;
    nothing.text("NULL");
    if (target == nullptr) return nothing;
    const auto path =
        resolve(context_, object_, key.path.text + "." + target->definition->title_field, "");
    if (!path || path->type().kind() != Kind::text) return nothing;
    SqlBuilder sql;
    sql.text("max(").append(select_.column(*path)).text(")");
    return sql;
  }

  Result<void> rows(Grouping& grouping) {
    if (keys_.empty()) return done();
    SqlBuilder sql;
    sql.text("SELECT ");
    for (const Key& key : keys_) {
      sql.append(key_column(key)).text(", ").append(title_column(key)).text(", ");
    }
    sql.append(measure_columns(select_, measures_));
    TENON_CHECK(select_.check_joins("group"));
    sql.append(select_.from_where()).text(" GROUP BY ");
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (i > 0) sql.text(", ");
      sql.append(key_column(keys_[i]));
    }
    sql.text(" LIMIT ").bind(Column{std::int64_t{limits::kGroupRowsMax} + 1});
    auto statement = prepared(context_, sql);
    while (const auto row = statement.step()) {
      if (grouping.rows.size() == static_cast<std::size_t>(limits::kGroupRowsMax)) {
        return Error::of(ErrorCode::limit, "group", "group_rows", "more than 10,000 groups");
      }
      TENON_CHECK(add_row(*row, grouping));
    }
    return done();
  }

  Result<void> add_row(const storage::Row& row, Grouping& grouping) const {
    std::vector<GroupValue> values;
    int place = 0;
    for (std::size_t i = 0; i < keys_.size(); ++i, place += 2) {
      const Type& type = grouping.columns[i].type;
      values.push_back({query::value_at(row, place, type), row.text(place + 1)});
    }
    grouping.drill.push_back(drill(values));
    TENON_TRY(auto measured, measure_values(context_, measures_, row, place, Over::group));
    for (Value& value : measured) values.push_back({std::move(value), ""});
    grouping.rows.push_back(std::move(values));
    return done();
  }

  Result<void> totals(Grouping& grouping) {
    SqlBuilder sql;
    sql.text("SELECT ").append(measure_columns(select_, measures_));
    TENON_CHECK(select_.check_joins("measures"));
    sql.append(select_.from_where());
    auto statement = prepared(context_, sql);
    const auto row = statement.step();
    if (!row) throw Fault("an aggregate without groups answered no row");
    TENON_TRY(auto measured, measure_values(context_, measures_, *row, 0, Over::all));
    for (Value& value : measured) grouping.totals.push_back({std::move(value), ""});
    return done();
  }

  // A filter which exactly the row's records pass, together with the query's own.
  std::string drill(const std::vector<GroupValue>& values) const {
    std::vector<std::string> parts = filters_;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      parts.push_back(
          condition(keys_[i].path.text, keys_[i].period, keys_[i].path.type(), values[i].value));
    }
    if (parts.size() == 1) return parts.front();
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "AND(" : ", ") + part;
    return text.empty() ? "" : text + ")";
  }

  // In the database groups come as they fall; people want them by name, or by a measure.
  void order(Grouping& grouping) const {
    std::vector<std::size_t> places(grouping.rows.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return comes_before(grouping, grouping.rows[a], grouping.rows[b]);
    });
    if (query_.limit > 0 && places.size() > static_cast<std::size_t>(query_.limit)) {
      places.resize(static_cast<std::size_t>(query_.limit));
    }
    Grouping ordered = grouping;
    ordered.rows.clear();
    ordered.drill.clear();
    for (const std::size_t place : places) {
      ordered.rows.push_back(std::move(grouping.rows[place]));
      ordered.drill.push_back(std::move(grouping.drill[place]));
    }
    grouping = std::move(ordered);
  }

  bool comes_before(const Grouping& grouping, const std::vector<GroupValue>& a,
                    const std::vector<GroupValue>& b) const {
    for (const auto& [place, descending] : sort_) {
      const auto order = compare_values(grouping.columns[place], a[place], b[place]);
      if (order != 0) return descending ? order > 0 : order < 0;
    }
    for (std::size_t place = 0; place < grouping.groups; ++place) {
      const auto order = compare_values(grouping.columns[place], a[place], b[place]);
      if (order != 0) return order < 0;
    }
    return false;
  }

  // Choices in the order of their options, references by title, everything else by value.
  static int compare_values(const GroupColumn& column, const GroupValue& a, const GroupValue& b) {
    if (column.choices != nullptr) {
      const auto place = [&](const Value& value) {
        const auto* name = std::get_if<std::string>(&value);
        const auto& options = column.choices->options;
        const auto found = std::find_if(options.begin(), options.end(), [&](const auto& option) {
          return name != nullptr && option.name == *name;
        });
        return name == nullptr ? -1 : static_cast<int>(found - options.begin());
      };
      return place(a.value) - place(b.value);
    }
    if (column.target != nullptr && a.title != b.title) return a.title < b.title ? -1 : 1;
    const auto order = compare(a.value, b.value);
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }

  struct SortKey {
    std::size_t column;
    bool descending;
  };

  const Context& context_;
  const application::Object& object_;
  const metadata::QueryBody& query_;
  Select select_;
  std::vector<Key> keys_;
  std::vector<Measure> measures_;
  std::vector<std::string> filters_;
  std::vector<SortKey> sort_;
};

}  // namespace

Result<Grouping> group(const Context& context, const metadata::QueryBody& query,
                       std::string_view filter) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, query.object));
  Grouper grouper(context, *object, query);
  TENON_CHECK(grouper.prepare(filter));
  return grouper.answer();
}

}  // namespace tenon::query
