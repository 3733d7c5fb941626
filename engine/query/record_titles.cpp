#include "engine/query/record_titles.h"

#include <algorithm>

#include "engine/query/later.h"
#include "engine/query/named_field.h"
#include "engine/run/person.h"

namespace tenon::query {
namespace {

using application::Application;
using application::Object;
using storage::SqlBuilder;

// A path of ids as one of current names; "" where a part is gone.
std::string names_of(const Application& app, const Object& object, std::string_view ids) {
  std::string names;
  const Object* here = &object;
  while (here != nullptr) {
    const auto dot = ids.find('.');
    const std::string_view id = ids.substr(0, dot);
    const auto& fields = here->definition->fields;
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const metadata::Field& one) { return one.id == id; });
    if (field == fields.end() && !system_slot(id)) return "";
    names.append(names.empty() ? "" : ".").append(field == fields.end() ? id : field->name);
    if (dot == std::string_view::npos) return names;
    if (field != fields.end() && field->has_currencies()) {
      return names.append(ids.substr(dot));
    }
    here = field == fields.end() ? nullptr : app.find_id(field->to);
    ids.remove_prefix(dot + 1);
  }
  return "";
}

// The columns of the first list of an object, as paths of current names.
std::vector<std::string> list_columns(const Application& app, const Object& object) {
  const metadata::View* first = nullptr;
  for (const metadata::View& view : app.bundle().views) {
    const bool is_list = view.object == object.id() && view.kind == metadata::View::Kind::list;
    if (is_list && (first == nullptr || view.order < first->order)) first = &view;
  }
  std::vector<std::string> names;
  if (first != nullptr) {
    for (const std::string& column : first->columns) {
      std::string path = names_of(app, object, column);
      if (!path.empty()) names.push_back(std::move(path));
    }
    return names;
  }
  for (const metadata::Field& field : object.definition->fields) {
    if (field.currency_of.empty()) names.push_back(field.name);
  }
  return names;
}

// Not the title itself, no lists of lines, nothing that takes a page to show.
bool is_fact(const Object& object, const Path& path) {
  const Path::Step& first = path.steps.front();
  if (first.slot < 0 || (path.steps.size() == 1 && first.slot == object.title_slot)) return false;
  const Path::Step& last = path.last();
  if (last.slot >= 0 && last.object->field(last.slot).is_children()) return false;
  const Kind kind = path.type().kind();
  return kind != Kind::json && kind != Kind::reference_list;
}

class Reading {
 public:
  Reading(const Context& context, const Object& object)
      : context_(context), object_(object), select_(context, object) {}

  bool add(std::string_view text) {
    auto path = resolve(context_, object_, text, "");
    if (!path) return false;  // Not to be read by who asks.
    paths_.push_back(path.take());
    return true;
  }
  bool has_room() const { return facts() < kFactsMax; }
  bool fits(std::string_view text) const {
    const auto path = resolve(context_, object_, text, "");
    return path && is_fact(object_, *path);
  }

  TitledRecords read(std::span<const RecordId> ids, bool has_title) {
    SqlBuilder sql;
    sql.text("SELECT ").append(select_.column(-1));  // Its id.
    for (const Path& path : paths_) sql.text(", ").append(select_.column(path));
    for (const Path& path : paths_) {
      if (path.is_whole()) sql.text(", ").append(select_.column(path.currency()));
    }
    SqlBuilder wanted;
    wanted.append(select_.column(-1)).text(" ").in_list(list_of(ids));
    select_.where(std::move(wanted));
    sql.append(select_.from_where());
    TitledRecords found;
    const std::string text = sql.sql();
    auto statement = prepared(context_, sql, text, {});
    statement.each([&](const storage::Row& row) {
      TitledRecord& record = found[RecordId{row.integer(0)}];
      int currency = static_cast<int>(paths_.size()) + 1;
      for (std::size_t place = 0; place < paths_.size(); ++place) {
        const int at = static_cast<int>(place) + 1;
        const Type& type = paths_[place].type();
        Value value = paths_[place].is_whole() ? whole_at(row, at, currency++, type)
                                               : value_at(row, at, type);
        if (place == 0 && has_title) {
          record.title = is_empty(value) ? "" : text_of(paths_[place].type(), value);
        } else {
          record.facts.push_back(fact(paths_[place], std::move(value)));
        }
      }
    });
    return found;
  }

  void begin_facts() { first_fact_ = paths_.size(); }

 private:
  std::size_t facts() const { return paths_.size() - first_fact_; }

  Fact fact(const Path& path, Value value) const {
    const Path::Step& first = path.steps.front();
    const metadata::Field& field = first.object->field(first.slot);
    const std::string& label = metadata::text_in(field.label, context_.actor.locale);
    return {path.text, label.empty() ? field.name : label, &path.type(), std::move(value)};
  }

  const Context& context_;
  const Object& object_;
  Select select_;
  std::vector<Path> paths_;
  std::size_t first_fact_ = 0;
};

TitledRecords read_titles(const Context& context, const Object& object,
                          std::span<const RecordId> ids, const std::string& title,
                          const std::vector<std::string>& columns) {
  Reading reading(context, object);
  const bool has_title = !title.empty() && reading.add(title);
  reading.begin_facts();
  for (const std::string& column : columns) {
    if (reading.has_room() && reading.fits(column)) reading.add(column);
  }
  return reading.read(ids, has_title);
}

std::string title_of(const Object& object) {
  return object.title_slot < 0 ? "" : object.field(object.title_slot).name;
}

}  // namespace

TitledRecords titles(const Context& context, const Object& object, std::span<const RecordId> ids,
                     bool facts) {
  if (ids.empty()) return {};
  if (!visible_object(context.app, context.rights, object.name())) return {};
  const auto columns = facts ? list_columns(context.app, object) : std::vector<std::string>{};
  return read_titles(context, object, ids, title_of(object), columns);
}

TitledRecords titles_by_task(const Context& context, const Object& object,
                             std::span<const RecordId> ids, const std::vector<int>& slots) {
  if (ids.empty() || slots.empty()) return {};
  const auto is_given = [&](int slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
  };
  std::vector<std::string> columns;
  for (const std::string& column : list_columns(context.app, object)) {
    const auto slot = object.find_slot(column);  // Nothing behind references.
    if (slot && is_given(*slot)) columns.push_back(column);
  }
  Actor system = system_actor(Surface::system, "a task about the record");
  system.locale = context.actor.locale;
  const Context as_system = query::context(context.app, system, context.tx, context.now);
  return read_titles(as_system, object, ids, is_given(object.title_slot) ? title_of(object) : "",
                     columns);
}

std::map<RecordId, std::string> names_of_people(const Context& context,
                                                std::span<const RecordId> ids) {
  std::map<RecordId, std::string> names;
  if (ids.empty()) return names;
  const Object& users = context.app.system_object("user");
  SqlBuilder sql;
  sql.text("SELECT id, ").name(column_of(users, "name")).text(" FROM ").name(users.table.name);
  sql.text(" WHERE id ").in_list(list_of(ids));
  const std::string text = sql.sql();
  auto statement = context.tx.statement(text);
  sql.bind_all(statement);
  statement.each([&](const storage::Row& row) { names[RecordId{row.integer(0)}] = row.text(1); });
  std::vector<RecordId> gone;
  for (const RecordId id : ids) {
    if (id.value != 0 && !names.contains(id)) gone.push_back(id);
  }
  if (!gone.empty()) names.merge(run::names_of_gone(context.tx, gone));
  return names;
}

}  // namespace tenon::query
