#include "engine/query/select.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/metadata/currency.h"
#include "engine/query/later.h"
#include "engine/query/pool_sql.h"
#include "engine/record/link_table.h"

namespace tenon::query {
namespace {

using storage::SqlBuilder;

constexpr int kRecord = 0;  // The source of the object itself.
constexpr int kAsker = -2;  // The parent of the user who asks.

std::string_view system_column(int slot) {
  return metadata::system_fields()[static_cast<std::size_t>(-slot - 1)].name;
}

const application::Object* target_of(const application::Application& app,
                                     const application::Object& object, int slot) {
  if (slot >= 0) {
    if (object.type(slot).kind() != Kind::reference) return nullptr;
    return app.find_id(object.field(slot).to);
  }
  const auto& field = metadata::system_fields()[static_cast<std::size_t>(-slot - 1)];
  return field.to.empty() ? nullptr : app.find_id(field.to);
}

Error unknown(const Context& context, const application::Object& object, std::string_view name,
              const std::string& at) {
  const ReadableNames names(context.app, context.rights);
  return Error::invalid(
      at, "unknown_field",
      object.name() + " has no field \"" + std::string(name) + "\"" +
          did_you_mean(name, std::span<const std::string>(names.members(object.id()))));
}

// What a file is called and is, whoever sees a record that holds it in a readable field may know.
bool is_told_of_files(const Context& context, const application::Object& object,
                      std::string_view name) {
  constexpr std::string_view kTold[] = {"id", "name", "type", "size"};
  return &object == &context.app.system_object("file") &&
         std::find(std::begin(kTold), std::end(kTold), name) != std::end(kTold);
}

std::optional<int> any_slot(const application::Object& object, std::string_view name) {
  const auto system = system_slot(name);
  return system ? system : object.find_slot(name);
}

// `is_first`: of the record that is asked for, which may be granted.
std::optional<int> readable_slot(const Context& context, const application::Object& object,
                                 std::string_view name, bool is_first) {
  if (is_first && context.grant != nullptr && context.grant->object == &object) {
    const auto slot = any_slot(object, name);
    return slot && context.may_read(object, *slot) ? slot : std::nullopt;
  }
  const auto& rights = context.rights.objects[static_cast<std::size_t>(object.place)];
  if (rights.read == permission::Reach::none) return std::nullopt;
  if (const auto system = system_slot(name)) return system;
  const auto slot = object.find_slot(name);
  return slot && rights.may_read(*slot) ? slot : std::nullopt;
}

}  // namespace

const Type& Path::type() const {
  return last().slot < 0 ? system_type(last().slot) : last().object->type(last().slot);
}

bool Path::is_whole() const { return !is_bare && type().has_currencies(); }

Path Path::currency() const {
  Path beside = *this;
  beside.steps.back().slot = application::currency_slot(*last().object, last().slot);
  return beside;
}

bool Path::is_part_of_money() const {
  return is_bare || application::is_currency(*last().object, last().slot);
}

const application::Object* Path::target(const application::Application& app) const {
  return target_of(app, *last().object, last().slot);
}

namespace {

Result<Path> part_of_money(Path path, std::string_view part, const std::string& at) {
  if (part == metadata::kCurrency) {
    path.steps = path.currency().steps;
    return path;
  }
  path.is_bare = part == metadata::kAmount;
  if (path.is_bare) return path;
  const std::string& name = path.last().object->field(path.last().slot).name;
  return Error::invalid(at, "not_a_reference",
                        "behind \"" + name + "\" there is its \"amount\" and its \"currency\"");
}

}  // namespace

Result<Path> resolve(const Context& context, const application::Object& object,
                     std::string_view text, const std::string& at, bool is_held) {
  Path path;
  path.text = std::string(text);
  const application::Object* here = &object;
  for (std::string_view rest = text; here != nullptr; is_held = true) {
    const auto dot = rest.find('.');
    const std::string_view name = rest.substr(0, dot);
    const auto slot = is_held && is_told_of_files(context, *here, name)
                          ? any_slot(*here, name)
                          : readable_slot(context, *here, name, path.steps.empty());
    if (!slot) return unknown(context, *here, name, at);
    if (*slot >= 0 && here->field(*slot).is_children()) {
      return Error::invalid(at, "lines",
                            "\"" + std::string(name) + "\" is many lines: there is no one value");
    }
    path.steps.push_back({here, *slot});
    if (dot == std::string_view::npos) return path;
    if (path.is_whole()) return part_of_money(std::move(path), rest.substr(dot + 1), at);
    if (path.steps.size() > static_cast<std::size_t>(limits::kPathHopsMax)) {
      return Error::of(
          ErrorCode::limit, at, "path_hops",
          "a path may follow at most " + std::to_string(limits::kPathHopsMax) + " references");
    }
    rest.remove_prefix(dot + 1);
    here = target_of(context.app, *here, *slot);
  }
  if (path.type().kind() == Kind::reference_list) {
    return Error::invalid(at, "several",
                          "\"" + path.last().object->field(path.last().slot).name +
                              "\" are several records: there is no one value behind them");
  }
  return Error::invalid(at, "not_a_reference",
                        "\"" + path.text + "\" goes on behind a field that is no reference");
}

std::string label_of(const Path& path, std::string_view locale) {
  if (path.last().slot < 0) {
    const auto place = static_cast<std::size_t>(-path.last().slot - 1);
    return metadata::text_in(metadata::system_fields()[place].label, locale);
  }
  const metadata::Field& field = path.last().object->field(path.last().slot);
  const std::string& label = metadata::text_in(field.label, locale);
  return label.empty() ? field.name : label;
}

Select::Select(const Context& context, const application::Object& object)
    : context_(context), object_(object) {
  sources_.push_back({&object, -1, 0, false});
}

Select::Select(const Select& outer, const application::Object& rows, bool as_system)
    : context_(outer.context_), object_(rows), depth_(outer.depth_ + 1) {
  sources_.push_back({&rows, -1, 0, as_system});
}

std::string Select::alias(int source) const {
  const std::string own = "t" + std::to_string(source);
  return depth_ == 0 ? own : "r" + std::to_string(depth_) + "_" + own;
}

SqlBuilder Select::column(const formula::Path& path) { return path_at(path, kRecord, false); }

SqlBuilder Select::column(int slot) { return column_at(kRecord, slot); }

SqlBuilder Select::column(const Path& path) {
  int at = kRecord;
  for (std::size_t i = 0; i + 1 < path.steps.size(); ++i) {
    const Path::Step& step = path.steps[i];
    const application::Object& target = *path.steps[i + 1].object;
    at = source(at, step.slot, target, &target == &context_.app.system_object("file"));
  }
  return column_at(at, path.last().slot);
}

SqlBuilder Select::formula(const formula::Formula& formula, const formula::Needs& needs) {
  return pieces(formula::sql_of(formula).pieces, needs, kRecord, false);
}

SqlBuilder Select::formula(const formula::Formula& formula, const formula::Needs& needs,
                           int scale) {
  return pieces(formula::sql_of(formula, scale).pieces, needs, kRecord, false);
}

Result<SqlBuilder> Select::filter(std::string_view text, const std::string& at) {
  const ReadableNames names(context_.app, context_.rights);
  formula::Needs needs;
  auto compiled = formula::compile_as(Kind::boolean, text, object_.id(), names, needs);
  if (!compiled) {
    for (Problem& problem : compiled.error().problems) problem.at = at + ":" + problem.at;
    return std::move(compiled.error());
  }
  waiting_ = {};
  SqlBuilder condition = formula(*compiled, needs);
  TENON_CHECK(check_joins(at));
  TENON_CHECK(check_waiting(at));
  return condition;
}

Result<void> Select::check_built(const Path& path, const std::string& at) {
  if (!context_.is_building) return done();
  waiting_ = {};
  (void)column(path);
  return check_waiting(at);
}

Result<void> Select::check_waiting(const std::string& at) {
  if (waiting_.object == nullptr) return done();
  const auto progress = record::building_progress(context_.tx);
  const std::string name = waiting_.object->field(waiting_.slot).name;
  return Error::of(ErrorCode::conflict, at, "building",
                   "\"" + name + "\" is still being worked out for the records there are (" +
                       std::to_string(progress ? progress->done : 0) + " of " +
                       std::to_string(progress ? progress->total : 0) +
                       "); sort and filter by it when that is done");
}

Result<void> Select::check_joins(const std::string& at) const {
  // What the engine follows for derived fields is the bundle's doing, not the caller's.
  const auto asked = asked_tables() - 1;
  if (asked <= static_cast<std::size_t>(limits::kJoinsPerQueryMax) &&
      sources_.size() <= limits::kTablesPerQueryMax && row_tables_ <= limits::kRowTablesMax) {
    return done();
  }
  return Error::of(ErrorCode::limit, at, "joins", "follows too many references at once");
}

int Select::source(int parent, int slot, const application::Object& target, bool as_system) {
  for (std::size_t i = 1; i < sources_.size(); ++i) {
    const Source& known = sources_[i];
    if (known.parent == parent && known.slot == slot && known.as_system == as_system) {
      return static_cast<int>(i);
    }
  }
  sources_.push_back({&target, parent, slot, as_system});
  return static_cast<int>(sources_.size()) - 1;
}

SqlBuilder Select::column_at(int source, int slot) {
  const Source& from = sources_[static_cast<std::size_t>(source)];
  if (slot < 0 || from.as_system || from.object->pools.empty()) return kept_column(source, slot);
  const application::Object& object = *from.object;
  return unless_hidden(context_, object, alias(source), slot, kept_column(source, slot));
}

SqlBuilder Select::kept_column(int source, int slot) {
  const application::Object& object = *sources_[static_cast<std::size_t>(source)].object;
  SqlBuilder sql;
  if (slot >= 0 && object.field(slot).is_children()) return std::move(sql.text("NULL"));
  if (slot < 0) {
    const bool by = target_of(context_.app, object, slot) != nullptr;
    if (by) sql.text("nullif(");  // The system is kept as 0, and is nobody.
    sql.name(alias(source)).text(".").name(system_column(slot));
    if (by) sql.text(", 0)");
    return sql;
  }
  const formula::Formula* computed = object.find_computed(slot);
  const auto built = context_.is_building ? object.built_of(slot) : application::Built::kept;
  if (built == application::Built::live) computed = object.find_derived(slot);
  if (built == application::Built::waits) waiting_ = {&object, slot};
  if (computed != nullptr) {
    const int scale = object.type(slot).scale;
    const auto form = computed->type().kind == Kind::number ? formula::sql_of(*computed, scale)
                                                            : formula::sql_of(*computed);
    return pieces(form.pieces, object.needs, source, true);
  }
  sql.name(alias(source)).text(".").name(record::find_column(object.table, slot)->name);
  return sql;
}

// Lists that people fill have links; those that are computed are looked through.
SqlBuilder Select::holding(int source, int slot, bool as_system) {
  const application::Object& object = *sources_[static_cast<std::size_t>(source)].object;
  SqlBuilder sql;
  if (!object.field(slot).is_given()) {
    sql.text("EXISTS (SELECT 1 FROM json_each(").append(column_at(source, slot));
    return std::move(sql.text(") WHERE value"));
  }
  const auto& column = *record::find_column(object.table, slot);
  SqlBuilder holder;
  holder.name(alias(source)).text(".id");
  const bool all = as_system || sources_[static_cast<std::size_t>(source)].as_system;
  sql.append(all ? holder : unless_hidden(context_, object, alias(source), slot, holder));
  sql.text(" IN (SELECT holder FROM record_link WHERE place = ");
  sql.bind(Column{record::link_place(object.table, column)});
  return std::move(sql.text(" AND target"));
}

SqlBuilder Select::refers(int slot, const SqlBuilder& target) {
  if (object_.type(slot).kind() == Kind::reference_list) {
    return std::move(holding(kRecord, slot, false).text(" = ").append(target).text(")"));
  }
  return std::move(column_at(kRecord, slot).text(" = ").append(target));
}

SqlBuilder Select::refers_to_any(int slot, std::span<const RecordId> targets) {
  if (object_.type(slot).kind() == Kind::reference_list) {
    return std::move(holding(kRecord, slot, false).in_list(list_of(targets)).text(")"));
  }
  return std::move(column_at(kRecord, slot).in_list(list_of(targets)));
}

SqlBuilder Select::path_at(const formula::Path& path, int at, bool as_system) {
  const application::Object* object = sources_[static_cast<std::size_t>(at)].object;
  std::size_t first = 0;
  if (path.root == formula::Path::Root::user) {
    const application::Object& users = context_.app.system_object("user");
    at = source(kAsker, 0, users, true);
    object = &users;
  }
  for (; first + 1 < path.steps.size(); ++first) {
    const int slot = path.steps[first].slot;
    const application::Object* next = target_of(context_.app, *object, slot);
    if (next == nullptr) throw Fault("a compiled path goes on behind no reference");
    at = source(at, slot, *next, as_system);
    object = next;
  }
  return column_at(at, path.steps.back().slot);
}

SqlBuilder Select::pieces(const std::vector<formula::SqlPiece>& form, const formula::Needs& needs,
                          int at, bool as_system, const RowOf* row) {
  SqlBuilder sql;
  for (const formula::SqlPiece& piece : form) {
    if (const auto* text = std::get_if<std::string_view>(&piece)) {
      sql.fragment(*text);
    } else if (const auto* field = std::get_if<formula::SqlField>(&piece)) {
      sql.append(as_system ? kept_column(at, field->slot) : column_at(at, field->slot));
    } else if (const auto* path = std::get_if<formula::SqlPath>(&piece)) {
      sql.append(path_at(needs.paths[static_cast<std::size_t>(path->place)], at, as_system));
    } else if (const auto* of_row = std::get_if<formula::SqlRowField>(&piece)) {
      sql.append(row->select->column_at(kRecord, of_row->slot));
    } else if (const auto* behind = std::get_if<formula::SqlRowPath>(&piece)) {
      const formula::Path& way = row->need->paths[static_cast<std::size_t>(behind->place)];
      sql.append(row->select->path_at(way, kRecord, as_system));
    } else if (const auto* many = std::get_if<std::shared_ptr<const formula::SqlRows>>(&piece)) {
      sql.append(rows(**many, needs, at, as_system));
    } else if (const auto* holds = std::get_if<formula::SqlHolds>(&piece)) {
      sql.append(holding(at, holds->slot, as_system)).text(" = ");
    } else if (const auto* bound = std::get_if<Column>(&piece)) {
      sql.bind(*bound);
    } else {
      sql.append(context_value(std::get<formula::SqlContext>(piece).name, at));
    }
  }
  return sql;
}

SqlBuilder Select::context_value(formula::SqlContext::Name name, int at) const {
  using Name = formula::SqlContext::Name;
  SqlBuilder sql;
  switch (name) {
    case Name::id: sql.name(alias(at)).text(".id"); break;
    case Name::now: sql.bind_later(later(Later::now)); break;
    case Name::today: sql.bind_later(later(Later::today)); break;
    case Name::zone: sql.bind(Column{context_.app.bundle().time_zone}); break;
    case Name::user: sql.bind_later(later(Later::user)); break;
    case Name::team: sql.bind_later(later(Later::team)); break;
    case Name::looked_up: sql.bind_later(later(Later::looked_up)); break;
  }
  return sql;
}

// All that hangs on the record at `at` by this name, in its order, as one text (formula/sql.h).
SqlBuilder Select::rows(const formula::SqlRows& form, const formula::Needs& needs, int at,
                        bool as_system) {
  const formula::ManyNeed& need = needs.many[static_cast<std::size_t>(form.place)];
  const auto* many = sources_[static_cast<std::size_t>(at)].object->find_many(need.many.id);
  if (many == nullptr) throw Fault("a compiled formula takes rows of " + need.many.id);
  SqlBuilder sql;
  if (row_tables_ > limits::kRowTablesMax) return std::move(sql.text("NULL"));  // check_joins()
  Select inner(*this, context_.app.objects()[static_cast<std::size_t>(many->rows)], as_system);
  const RowOf row{&inner, &need};
  const SqlBuilder value = pieces(form.value, needs, at, as_system, &row);
  SqlBuilder target;
  target.name(alias(at)).text(".id");
  inner.where(inner.refers(many->reference, target));
  inner.where(pieces(form.condition, needs, at, as_system, &row));
  sql.text("(SELECT json_group_array(v) FROM (SELECT CAST(").append(value).text(" AS TEXT) AS v");
  sql.append(inner.from_where()).text(" ORDER BY ");
  if (many->is_lines()) sql.name(inner.alias(kRecord)).text(".position, ");
  sql.name(inner.alias(kRecord)).text(".id) WHERE v IS NOT NULL)");
  if (inner.waiting_.object != nullptr) waiting_ = inner.waiting_;
  row_tables_ += inner.sources_.size() + inner.row_tables_;
  asked_row_tables_ += inner.asked_tables();
  return sql;
}

std::size_t Select::asked_tables() const {
  const auto asked = std::count_if(sources_.begin(), sources_.end(),
                                   [](const Source& source) { return !source.as_system; });
  return static_cast<std::size_t>(asked) + asked_row_tables_;
}

void Select::where(SqlBuilder condition) { conditions_.push_back(std::move(condition)); }

namespace {

Later asked_of(permission::RowFilter::Kind kind) {
  using Kind = permission::RowFilter::Kind;
  if (kind == Kind::team) return Later::team;
  return kind == Kind::department ? Later::department : Later::team_and_department;
}

}  // namespace

void Select::visible_rows(SqlBuilder& sql, int source) const {
  const Source& from = sources_[static_cast<std::size_t>(source)];
  sql.name(alias(source)).text(".deleted_at IS NULL");
  // One that was granted was asked for by its id, and so are its lines.
  const bool is_granted = context_.grant != nullptr && source == kRecord && depth_ == 0;
  if (from.as_system || is_granted) return;
  const auto& rights = context_.rights.objects[static_cast<std::size_t>(from.object->place)];
  const auto filter = permission::row_filter(rights.read, context_.actor);
  using Kind = permission::RowFilter::Kind;
  if (filter.kind == Kind::all) return;
  // Of a line, the owner is that of the record which holds it in the end.
  const bool is_line = from.object->is_line();
  const application::Object& owned =
      is_line ? context_.app.objects()[static_cast<std::size_t>(from.object->top)] : *from.object;
  if (filter.kind == Kind::none || record::find_column(owned.table, owned.owner_slot) == nullptr) {
    sql.text(" AND 0");
    return;
  }
  if (!is_line) {
    sql.text(" AND ");
    owned_rows(sql, owned, alias(source), filter);
    return;
  }
  sql.text(" AND EXISTS (SELECT 1 FROM ").name(owned.table.name);
  sql.text(" top WHERE top.id = ").name(alias(source)).text(".root AND ");
  owned_rows(sql, owned, "top", filter);
  sql.text(")");
}

// Those of the owners within reach, and those in nobody's hands that lie in a pool of the actor's.
void Select::owned_rows(SqlBuilder& sql, const application::Object& owned, const std::string& alias,
                        const permission::RowFilter& filter) const {
  const bool has_pools = !owned.pools.empty();
  if (has_pools) sql.text("(");
  sql.name(alias).text(".").name(record::find_column(owned.table, owned.owner_slot)->name);
  // One owner as such, not as a list of one: then an index that begins with it gives the order.
  if (filter.kind == permission::RowFilter::Kind::own) {
    sql.text(" = ").bind_later(later(Later::user));
  } else {
    sql.in_list_later(later(asked_of(filter.kind)));
  }
  if (!has_pools) return;
  sql.text(" OR (").append(in_pool_of_actor(context_, owned, alias)).text("))");
}

// What leads to a joined record. Where a pool hides it, nothing lies behind it either.
SqlBuilder Select::join_key(const Source& to) const {
  const Source& parent = sources_[static_cast<std::size_t>(to.parent)];
  SqlBuilder sql;
  sql.name(alias(to.parent)).text(".");
  sql.name(to.slot < 0 ? system_column(to.slot)
                       : record::find_column(parent.object->table, to.slot)->name);
  const bool is_file = to.object == &context_.app.system_object("file");
  if (to.slot < 0 || parent.as_system || (to.as_system && !is_file)) return sql;
  return unless_hidden(context_, *parent.object, alias(to.parent), to.slot, std::move(sql));
}

SqlBuilder Select::from_where() const {
  SqlBuilder sql;
  sql.text(" FROM ").name(object_.table.name).text(" ").name(alias(kRecord));
  for (std::size_t i = 1; i < sources_.size(); ++i) {
    const int here = static_cast<int>(i);
    const Source& from = sources_[i];
    sql.text(" LEFT JOIN ").name(from.object->table.name).text(" ").name(alias(here));
    sql.text(" ON ").name(alias(here)).text(".id = ");
    if (from.parent == kAsker) {
      sql.bind_later(later(Later::user));
    } else {
      sql.append(join_key(from));
    }
    sql.text(" AND ");
    visible_rows(sql, here);
  }
  sql.text(" WHERE ");
  visible_rows(sql, kRecord);
  for (const SqlBuilder& condition : conditions_) sql.text(" AND (").append(condition).text(")");
  return sql;
}

}  // namespace tenon::query
