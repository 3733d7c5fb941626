#include "engine/query/export.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/base/limits.h"
#include "engine/metadata/currency.h"
#include "engine/query/export_cell.h"
#include "engine/value/references.h"

namespace tenon::query {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// A column, and where the list has what stands in it.
struct Column {
  Path path;
  std::string asked;          // Of the list: the path, or behind a reference that to its title.
  std::size_t value = kNone;  // Outputs of the list.
  std::size_t title = kNone;  // Of one record referred to.
  bool is_list = false;       // Several records.
};

const metadata::Field* field_of(const Path& path) {
  const Path::Step& last = path.last();
  return last.slot < 0 ? nullptr : &last.object->field(last.slot);
}

class Exporting {
 public:
  Exporting(const Context& context, const application::Object& object, const ExportRecords& query,
            sheet::TableWriter& table)
      : context_(context),
        object_(object),
        query_(query),
        table_(table),
        format_{&context.app, query.purpose, context.actor.locale} {}

  Result<std::int64_t> run() {
    TENON_CHECK(columns());
    ListRecords list{.object = query_.object,
                     .fields = {},
                     .filter = query_.filter,
                     .sort = query_.sort,
                     .limit = limits::kPageRecordsMax,
                     .search = query_.search};
    for (const Column& column : columns_) list.fields.push_back(column.asked);
    write_heading();
    std::int64_t count = 0;
    do {
      TENON_TRY(const auto page, query::list(context_, list));
      if (count == 0) TENON_CHECK(place(page));
      for (const Values& row : page.rows) write(page, row);
      count += static_cast<std::int64_t>(page.rows.size());
      list.after = page.next;
      TENON_CHECK(within_bounds(count, !page.next.empty()));
    } while (!list.after.empty());
    return count;
  }

 private:
  Result<void> columns() {
    std::vector<std::string> fields = query_.fields;
    if (fields.empty()) fields = all_fields();
    for (const std::string& field : fields) {
      TENON_TRY(auto path, resolve(context_, object_, field, "fields"));
      if (path.is_whole()) {
        TENON_CHECK(parts_of_money(field));
        continue;
      }
      Column column{std::move(path), field};
      const application::Object* target = target_of(column.path);
      column.is_list = column.path.type().kind() == Kind::reference_list;
      if (target != nullptr && query_.purpose == ExportFor::people && has_readable_title(*target)) {
        column.asked += "." + target->field(target->title_slot).name;
      }
      columns_.push_back(std::move(column));
    }
    return done();
  }

  // Two columns: amounts that stay numbers, and their currencies.
  Result<void> parts_of_money(const std::string& field) {
    for (const std::string_view part : {metadata::kAmount, metadata::kCurrency}) {
      std::string text = field + "." + std::string(part);
      TENON_TRY(auto path, resolve(context_, object_, text, "fields"));
      columns_.push_back({std::move(path), std::move(text)});
    }
    return done();
  }

  std::vector<std::string> all_fields() const {
    const auto& rights = context_.rights.objects[static_cast<std::size_t>(object_.place)];
    std::vector<std::string> fields;
    if (query_.purpose == ExportFor::programs) fields.emplace_back("id");
    for (int slot = 0; slot < static_cast<int>(object_.types.size()); ++slot) {
      const bool is_column = rights.may_read(slot) && !object_.field(slot).is_children() &&
                             !application::is_currency(object_, slot);
      if (is_column) fields.push_back(object_.field(slot).name);
    }
    return fields;
  }

  // Whose records the column refers to, one or several.
  const application::Object* target_of(const Path& path) const {
    if (path.type().kind() != Kind::reference_list) return path.target(context_.app);
    return context_.app.find_id(path.last().object->field(path.last().slot).to);
  }

  // A file is known by its name to whoever sees it in a record.
  bool has_readable_title(const application::Object& target) const {
    if (target.title_slot < 0) return false;
    const auto& rights = context_.rights.objects[static_cast<std::size_t>(target.place)];
    return &target == &context_.app.system_object("file") || rights.may_read(target.title_slot);
  }

  void write_heading() {
    std::vector<std::string> titles;
    for (const Column& column : columns_) {
      titles.push_back(query_.purpose == ExportFor::people ? heading_of(column.path)
                                                           : column.path.text);
    }
    table_.heading(titles);
  }

  // "Account: Industry" behind a reference, "Price: Currency" beside an amount.
  std::string heading_of(const Path& path) const {
    std::string heading;
    std::vector<Path::Step> steps = path.steps;
    const Path::Step& last = path.last();
    if (application::is_currency(*last.object, last.slot)) {
      steps.insert(steps.end() - 1,
                   {last.object, application::money_slot(*last.object, last.slot)});
    }
    Path prefix;
    for (const Path::Step& step : steps) {
      prefix.steps.assign(1, step);
      heading += (heading.empty() ? "" : ": ") + label_of(prefix, format_.locale);
    }
    return heading;
  }

  Result<void> place(const Page& page) {
    const auto output = [&](std::string_view text) {
      const auto& all = page.outputs();
      const auto found = std::find_if(all.begin(), all.end(),
                                      [&](const Output& one) { return one.path.text == text; });
      return found == all.end() ? kNone : static_cast<std::size_t>(found - all.begin());
    };
    for (Column& column : columns_) {
      column.value = output(column.path.text);
      if (column.value == kNone) {
        return Error::invalid("fields", "several",
                              "\"" + column.path.text + "\" lies behind several records");
      }
      if (!column.is_list && column.asked != column.path.text) column.title = output(column.asked);
    }
    return done();
  }

  void write(const Page& page, const Values& row) {
    cells_.clear();
    for (const Column& column : columns_) cells_.push_back(cell(page, row, column));
    table_.row(cells_);
  }

  sheet::Cell cell(const Page& page, const Values& row, const Column& column) const {
    const Value& value = row[column.value];
    if (is_empty(value)) return {};
    if (column.title != kNone) {
      return cell_of(format_, *page.outputs()[column.title].type,
                     field_of(page.outputs()[column.title].path), row[column.title]);
    }
    if (column.is_list && column.asked != column.path.text) {
      return {sheet::Cell::Kind::text, titles_of(page, column, value)};
    }
    return cell_of(format_, *page.outputs()[column.value].type, field_of(column.path), value);
  }

  // Of the records in a list, those that the actor may see.
  std::string titles_of(const Page& page, const Column& column, const Value& value) const {
    const auto found = page.targets.find(column.value);
    if (found == page.targets.end()) return "";
    const Targets& targets = *found->second;
    const std::string name = column.asked.substr(column.path.text.size() + 1);
    const auto& outputs = targets.page.outputs();
    const auto title = std::find_if(outputs.begin(), outputs.end(),
                                    [&](const Output& one) { return one.name == name; });
    std::string joined;
    for (const RecordId id : targets_of(value)) {
      const auto row = targets.rows.find(id.value);
      if (row == targets.rows.end() || title == outputs.end()) continue;
      const auto place = static_cast<std::size_t>(title - outputs.begin());
      const Value& text = targets.page.rows[row->second][place];
      if (is_empty(text)) continue;
      joined += (joined.empty() ? "" : "; ") + tenon::text_of(*title->type, text);
    }
    return joined;
  }

  Result<void> within_bounds(std::int64_t count, bool goes_on) const {
    if (count > query_.records_max || (goes_on && count == query_.records_max)) {
      return Error::of(ErrorCode::limit, "filter", "export_records",
                       "an export takes at most " + std::to_string(query_.records_max) +
                           " records: narrow it by a filter");
    }
    if (table_.size() <= limits::kExportBytesMax) return done();
    return Error::of(ErrorCode::limit, "fields", "export_bytes",
                     "an export takes at most 64 MiB: ask for fewer columns, or narrow it by a "
                     "filter");
  }

  const Context& context_;
  const application::Object& object_;
  const ExportRecords& query_;
  sheet::TableWriter& table_;
  CellFormat format_;
  std::vector<Column> columns_;
  std::vector<sheet::Cell> cells_;
};

}  // namespace

Result<std::int64_t> export_records(const Context& context, const ExportRecords& query,
                                    sheet::TableWriter& table) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, query.object));
  return Exporting(context, *object, query, table).run();
}

}  // namespace tenon::query
