#include "engine/query/assignments.h"

#include "engine/json/document.h"
#include "engine/query/list.h"
#include "engine/record/assignment_table.h"

namespace tenon::query {
namespace {

class Ledger {
 public:
  explicit Ledger(const Context& context) : context_(context) {}

  AssignmentEntry entry(const record::Assignment& entry) const {
    AssignmentEntry shown{
        .at = entry.at, .kind = entry.kind, .row = entry.row, .strategy = entry.strategy};
    shown.previous = user(entry.previous);
    shown.chosen = user(entry.chosen);
    shown.actor = user(entry.actor);
    shown.team_name = title(context_.app.system_object("team"), entry.team);
    for (const metadata::Table& table : context_.app.bundle().tables) {
      if (table.id == entry.rule) by_table(table, entry.row, shown);
    }
    shown.reason = entry.reason;
    by_pool(entry, shown);
    const auto skipped = json::Document::parse(entry.skipped);
    if (!skipped) throw Fault("an assignment's reasons are no JSON");
    for (const json::Reader one : skipped->root()) {
      const std::string reason(*one.at("reason").text());
      if (const auto name = one.member("name")) {
        shown.skipped.push_back({{}, reason, std::string(*name->text())});
        continue;
      }
      const auto id = parse_id_text(*one.at("user").text());
      if (id) shown.skipped.push_back({user(RecordId{*id}), reason});
    }
    return shown;
  }

 private:
  void by_pool(const record::Assignment& entry, AssignmentEntry& shown) const {
    const application::Object* object = context_.app.find_id(entry.object);
    if (object == nullptr) return;
    for (const application::Pool& pool : object->pools) {
      if (pool.id != entry.rule) continue;
      shown.rule_name = pool.definition->name;
      shown.rule_label = metadata::text_in(pool.definition->label, context_.actor.locale);
      if (entry.row < 0) continue;  // Not by itself.
      for (const metadata::PoolReturn& one : pool.definition->returns) {
        if (one.name != entry.reason) continue;
        shown.row_label = metadata::text_in(one.label, context_.actor.locale);
      }
    }
  }

  void by_table(const metadata::Table& table, int row, AssignmentEntry& shown) const {
    shown.rule_name = table.name;
    shown.rule_label = metadata::text_in(table.label, context_.actor.locale);
    if (row < 0 || row >= static_cast<int>(table.rows.size())) return;
    const auto& label = table.rows[static_cast<std::size_t>(row)].label;
    shown.row_label = metadata::text_in(label, context_.actor.locale);
  }

  NamedUser user(RecordId id) const { return {id, title(context_.app.system_object("user"), id)}; }

  // Names of people and teams are told to whoever may read them.
  std::string title(const application::Object& object, RecordId id) const {
    if (id.value == 0) return "";
    const auto page = read(context_, object.name(), id, {object.definition->title_field});
    if (!page || page->rows[0].size() < 3) return "";
    const auto* text = std::get_if<std::string>(&page->rows[0][2]);
    return text == nullptr ? "" : *text;
  }

  const Context& context_;
};

}  // namespace

Result<std::vector<AssignmentEntry>> assignments(const Context& context, std::string_view name,
                                                 RecordId id, int limit) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, name));
  TENON_CHECK(read(context, name, id, {"id"}));
  std::vector<AssignmentEntry> entries;
  const Ledger ledger(context);
  for (const auto& entry : record::assignments_of(context.tx, object->id(), id, limit)) {
    entries.push_back(ledger.entry(entry));
  }
  return entries;
}

}  // namespace tenon::query
