#include "engine/query/list_plan.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/base/limits.h"
#include "engine/query/later.h"

namespace tenon::query {
namespace {

using storage::Fragment;
using storage::SqlBuilder;

// Everything the plan depends on. Each part has its length before it, so that no text of a client
// can pass for another question.
class Key {
 public:
  void add(std::string_view text) {
    add(text.size());
    text_ += text;
  }
  void add(std::uint64_t number) {
    text_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void add(const void* pointer) { add(reinterpret_cast<std::uintptr_t>(pointer)); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string key_of(const Context& context, const Question& question) {
  const ListRecords& query = *question.query;
  Key key;
  key.add("list");
  key.add(question.object);
  key.add(&context.rights);  // The application has one for each set of roles.
  key.add(std::uint64_t{context.actor.is_system()});
  key.add(std::uint64_t{context.is_building});
  key.add(std::uint64_t{question.is_one_record});
  key.add(std::uint64_t{question.is_of_ids});
  key.add(static_cast<std::uint64_t>(query.count));
  key.add(std::uint64_t{!query.search.empty()});
  key.add(query.filter);
  key.add(query.fields.size());
  for (const std::string& field : query.fields) key.add(field);
  key.add(query.sort.size());
  for (const std::string& one : query.sort) key.add(one);
  key.add(std::uint64_t{question.after != nullptr});
  if (question.after != nullptr) {
    for (const Column& value : question.after->values) key.add(value.index());
  }
  return key.take();
}

// Reads the question into typed parts; everything that is wrong with it is an error here.
class Planner {
 public:
  Planner(const Context& context, const application::Object& object)
      : context_(context), select_(context, object), plan_(std::make_shared<ListPlan>()) {
    plan_->object = &object;
  }

  Result<std::shared_ptr<const ListPlan>> plan(const Question& question) {
    const ListRecords& query = *question.query;
    TENON_CHECK(outputs(query.fields, question.is_one_record));
    TENON_CHECK(sort(query.sort));
    if (question.is_one_record) only_one();
    if (question.is_of_ids) only_those();
    TENON_CHECK(restrict(query));
    const SqlBuilder columns = column_list();
    TENON_CHECK(select_.check_joins("fields"));
    if (query.count != Count::none) count(query.count);
    if (question.after != nullptr) go_on_after(*question.after);
    SqlBuilder& sql = plan_->page;
    sql.text("SELECT ").append(columns).append(select_.from_where()).append(order());
    sql.text(" LIMIT ").bind_later(given(kLimit));
    plan_->page_sql = sql.sql();
    return std::shared_ptr<const ListPlan>(std::move(plan_));
  }

 private:
  std::vector<Output>& outputs() { return plan_->shape.outputs; }

  Result<void> outputs(const std::vector<std::string>& fields, bool with_lines) {
    if (fields.empty()) return all_outputs(with_lines);
    // The id and version are always told: nobody can do anything with a record without them.
    for (const char* always : {"id", "version"}) TENON_CHECK(output(always));
    for (const std::string& field : fields) {
      if (field != "id" && field != "version") TENON_CHECK(output(field));
    }
    return done();
  }

  Result<void> all_outputs(bool with_lines) {
    const application::Object& object = select_.object();
    for (const metadata::SystemField& field : metadata::system_fields()) {
      TENON_CHECK(output(std::string(field.name)));
    }
    for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
      const bool is_line = object.field(slot).is_children();
      if (!context_.may_read(object, slot) || (is_line && !with_lines)) continue;
      if (application::is_currency(object, slot)) continue;  // It comes with its amount.
      TENON_CHECK(output(object.field(slot).name));
    }
    return done();
  }

  const Output* find_output(std::string_view text) {
    for (const Output& known : outputs()) {
      if (known.path.text == text) return &known;
    }
    return nullptr;
  }

  // A path brings along the references it follows: their ids are part of the answer.
  Result<void> output(const std::string& text) {
    if (find_output(text) != nullptr) return done();
    if (const auto list = list_before(text)) {
      return output_through(text.substr(0, *list), text.substr(*list + 1));
    }
    const auto dot = text.rfind('.');
    if (dot != std::string::npos) TENON_CHECK(output(text.substr(0, dot)));
    TENON_TRY(auto path, output_path(text));
    const std::size_t place = outputs().size();
    auto& siblings = dot == std::string::npos ? plan_->shape.top : behind(text.substr(0, dot));
    if (!path.is_part_of_money()) siblings.push_back(place);  // Else the whole has it.
    outputs().push_back({std::move(path), nullptr, text.substr(dot + 1), {}, {}});
    outputs().back().type = &outputs().back().path.type();
    return done();
  }

  // Where the path goes on behind a list of references: the place of the point.
  std::optional<std::size_t> list_before(const std::string& text) const {
    for (auto dot = text.find('.'); dot != std::string::npos; dot = text.find('.', dot + 1)) {
      const auto path = resolve(context_, select_.object(), text.substr(0, dot), "fields");
      if (!path) return std::nullopt;
      if (path->type().kind() == Kind::reference_list) return dot;
    }
    return std::nullopt;
  }

  // The records in a list are read beside the page; here is seen to it that they can be asked so.
  Result<void> output_through(const std::string& list, const std::string& rest) {
    TENON_CHECK(output(list));
    auto& known = const_cast<Output&>(*find_output(list));
    const Path::Step& last = known.path.last();
    const application::Object* target = context_.app.find_id(last.object->field(last.slot).to);
    TENON_CHECK(resolve(context_, *target, rest, "fields", true));
    auto& through = known.through;
    if (std::find(through.begin(), through.end(), rest) == through.end()) through.push_back(rest);
    return done();
  }

  // Lines have no column: they are read beside the page.
  Result<Path> output_path(const std::string& text) {
    const application::Object& object = select_.object();
    const auto slot = object.find_slot(text);
    if (!slot || !object.field(*slot).is_children() || !context_.may_read(object, *slot)) {
      return resolve(context_, object, text, "fields");
    }
    Path path;
    path.text = text;
    path.steps.push_back({&object, *slot});
    return path;
  }

  std::vector<std::size_t>& behind(std::string_view text) {
    return const_cast<Output*>(find_output(text))->behind;
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
      TENON_CHECK(select_.check_built(path, "sort"));
      plan_->sort.push_back({std::move(path), descending});
    }
    return done();
  }

  void only_those() { select_.where(std::move(select_.column(-1).in_list_later(given(kRecord)))); }

  void only_one() {
    select_.where(std::move(select_.column(-1).text(" = ").bind_later(given(kRecord))));
  }

  Result<void> restrict(const ListRecords& query) {
    if (!query.filter.empty()) {
      TENON_TRY(auto condition, select_.filter(query.filter, "filter"));
      select_.where(std::move(condition));
    }
    if (!query.search.empty()) search();
    return done();
  }

  // Words are looked for in the fields the object names for it, as far as the actor may read them.
  void search() {
    const application::Object& object = select_.object();
    SqlBuilder any;
    bool first = true;
    std::vector<std::string> paths = object.definition->search;
    if (paths.empty()) paths.push_back(object.definition->title_field);
    for (const std::string& ids : paths) {
      const auto path = resolve(context_, object, ids, "q");
      if (!path || path->type().kind() != Kind::text) continue;
      if (!first) any.text(" OR ");
      any.append(contains(*path));
      first = false;
    }
    if (first) any.text("0");
    select_.where(std::move(any));
  }

  // Of numbers to dial their digits too, of texts with marks what is read.
  SqlBuilder contains(const Path& path) {
    const std::string_view format = path.type().format->name;
    const bool marked = format == "rich_text";
    SqlBuilder sql;
    sql.text(marked ? Fragment("tenon_contains(tenon_plain(") : Fragment("tenon_contains("))
        .append(select_.column(path))
        .text(marked ? Fragment("), ") : Fragment(", "))
        .bind_later(given(kWords))
        .text(")");
    if (format == "phone") {
      sql.text(" OR instr(").append(select_.column(path)).text(", ");
      sql.bind_later(given(kDigits)).text(") > 0");
    }
    return sql;
  }

  SqlBuilder column_list() {
    SqlBuilder sql;
    for (const Output& output : outputs()) sql.append(select_.column(output.path)).text(", ");
    const int owner = select_.object().owner_slot;
    if (owner < 0) {
      sql.text("0");
    } else {
      sql.append(select_.column(owner));
    }
    for (const SortKey& key : plan_->sort) sql.text(", ").append(select_.column(key.path));
    for (const Output& output : outputs()) {
      if (output.path.is_whole()) sql.text(", ").append(select_.column(output.path.currency()));
    }
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
    for (const SortKey& key : plan_->sort) {
      sql.append(ordered(key)).text(key.descending ? Fragment(" DESC, ") : Fragment(", "));
    }
    sql.append(select_.column(-1)).text(id_descending() ? Fragment(" DESC") : Fragment(""));
    return sql;
  }

  bool id_descending() const { return plan_->sort.empty() || plan_->sort.back().descending; }

  // (k1 after v1) or (k1 is v1 and ((k2 after v2) or … id after id)). Empty values come first.
  void go_on_after(const Cursor& cursor) {
    const auto& sort = plan_->sort;
    SqlBuilder condition;
    for (std::size_t i = 0; i < sort.size(); ++i) {
      const bool is_null = std::holds_alternative<std::monostate>(cursor.values[i]);
      const int value = given(kFirstSortValue + i);
      condition.append(after(sort[i], is_null, value));
      condition.text(" AND (").append(beyond(sort[i], is_null, value)).text(" OR (");
      condition.append(ordered(sort[i])).text(" IS ").bind_later(value).text(" AND ");
    }
    condition.append(select_.column(-1)).text(id_descending() ? Fragment(" < ") : Fragment(" > "));
    condition.bind_later(given(kRecord));
    for (std::size_t i = 0; i < sort.size(); ++i) condition.text("))");
    select_.where(std::move(condition));
  }

  // What an index can seek to: not before the value.
  SqlBuilder after(const SortKey& key, bool is_null, int value) {
    SqlBuilder sql;
    if (is_null) {
      if (!key.descending) return std::move(sql.text("1"));
      return std::move(sql.append(ordered(key)).text(" IS NULL"));
    }
    sql.text("(")
        .append(ordered(key))
        .text(key.descending ? Fragment(" <= ") : Fragment(" >= "))
        .bind_later(value);
    if (key.descending && may_be_empty(key)) sql.text(" OR ").append(ordered(key)).text(" IS NULL");
    return std::move(sql.text(")"));
  }

  SqlBuilder beyond(const SortKey& key, bool is_null, int value) {
    SqlBuilder sql;
    if (is_null) {
      if (key.descending) return std::move(sql.text("0"));
      return std::move(sql.append(ordered(key)).text(" IS NOT NULL"));
    }
    sql.append(ordered(key)).text(key.descending ? Fragment(" < ") : Fragment(" > "));
    sql.bind_later(value);
    if (key.descending && may_be_empty(key)) sql.text(" OR ").append(ordered(key)).text(" IS NULL");
    return sql;
  }

  static bool may_be_empty(const SortKey& key) {
    return key.path.last().slot >= 0 || key.path.steps.size() > 1;
  }

  void count(Count wanted) {
    SqlBuilder& sql = plan_->count;
    sql.text("SELECT count(*) FROM (SELECT 1").append(select_.from_where());
    if (wanted == Count::estimate) {
      sql.text(" LIMIT ").bind(Column{std::int64_t{limits::kCountEstimateMax} + 1});
    }
    sql.text(")");
    plan_->count_sql = sql.sql();
  }

  const Context& context_;
  Select select_;
  std::shared_ptr<ListPlan> plan_;
};

}  // namespace

std::string signature_of(const std::vector<std::string>& sort) {
  std::string text;
  for (const std::string& key : sort) {
    const bool descending = !key.empty() && key.front() == '-';
    text += (descending ? "-" : "+") + key.substr(descending);
  }
  return text;
}

Result<std::shared_ptr<const ListPlan>> plan_of(const Context& context, const Question& question) {
  // What is granted is one person's, and of one record: nothing to keep.
  if (context.grant != nullptr) return Planner(context, *question.object).plan(question);
  std::string key = key_of(context, question);
  if (auto known = context.app.memo().find(key)) {
    return std::static_pointer_cast<const ListPlan>(std::move(known));
  }
  TENON_TRY(auto plan, Planner(context, *question.object).plan(question));
  context.app.memo().keep(std::move(key), plan);
  return plan;
}

}  // namespace tenon::query
