#include "engine/query/attachment.h"

#include <algorithm>

#include "engine/query/list.h"
#include "engine/query/named_field.h"
#include "engine/query/record_grant.h"
#include "engine/run/attachment.h"

namespace tenon::query {
namespace {

constexpr int kHoldersMax = 20;  // Of one file in one field.

Result<Page> holders_of(const Context& context, const application::BackReference& back,
                        RecordId file, int limit) {
  const application::Object& from = context.app.objects()[static_cast<std::size_t>(back.object)];
  ListRecords holders;
  holders.object = from.name();
  holders.fields = {"id"};
  const std::string& name = from.field(back.slot).name;
  const bool several = from.type(back.slot).kind() == Kind::reference_list;
  const std::string id = "\"" + text_of(file) + "\"";
  holders.filter = several ? "HAS(" + name + ", " + id + ")" : name + " = " + id;
  holders.limit = limit;
  return list(context, holders);
}

// Through list(), so that the record and the field are seen with the actor's eyes.
bool sees_holder(const Context& context, const application::BackReference& back, RecordId file) {
  const auto page = holders_of(context, back, file, 1);
  return page && !page->rows.empty();
}

// A record that a run lets the actor read holds it, in a field that they may read there.
bool is_let_see(const Context& context, const application::BackReference& back, RecordId file) {
  const application::Object& from = context.app.objects()[static_cast<std::size_t>(back.object)];
  if (from.is_line() || context.app.flows_of(from.id()).empty()) return false;
  const Actor system = system_actor(Surface::system, "records that hold a file");
  const Context as_system = query::context(context.app, system, context.tx, context.now);
  const auto page = holders_of(as_system, back, file, kHoldersMax);
  if (!page) return false;
  return std::any_of(page->rows.begin(), page->rows.end(), [&](const Values& row) {
    const auto grant = granted_by_runs(context, from, std::get<RecordId>(row[0]), false);
    return grant && grant->readable[static_cast<std::size_t>(back.slot)];
  });
}

Attachment attachment_of(const application::Object& files, const record::Record& record) {
  const Value& size = record.fields[static_cast<std::size_t>(*files.find_slot("size"))];
  const auto* bytes = std::get_if<Decimal>(&size);
  return {.name = text_of(files, record, "name"),
          .type = text_of(files, record, "type"),
          .sha256 = text_of(files, record, "sha256"),
          .size = bytes == nullptr ? 0 : bytes->whole().value_or(0)};
}

bool may_fetch(const Context& context, const application::Object& files,
               const record::Record& file) {
  if (context.rights.everything || file.created_by == context.actor.user) return true;
  for (const application::BackReference& back : files.back_references) {
    if (sees_holder(context, back, file.id)) return true;
    if (is_let_see(context, back, file.id)) return true;
  }
  return false;
}

}  // namespace

std::optional<Attachment> attachment(const Context& context, RecordId file) {
  const application::Object& files = context.app.system_object("file");
  const auto record = record::read(context.tx, files.table, file);
  if (!record || !may_fetch(context, files, *record)) return std::nullopt;
  return attachment_of(files, *record);
}

std::optional<Attachment> stored_file(const application::Application& app, storage::Transaction& tx,
                                      RecordId file) {
  const application::Object& files = app.system_object("file");
  const auto record = record::read(tx, files.table, file);
  if (!record) return std::nullopt;
  return attachment_of(files, *record);
}

// The back references are the same as of sees_holder(): whoever could open it has it attached.
bool is_attached(const application::Application& app, storage::Transaction& tx, RecordId file) {
  if (!run::runs_with(tx, file, 1).empty()) return true;
  for (const application::BackReference& back : app.system_object("file").back_references) {
    const auto& from = app.objects()[static_cast<std::size_t>(back.object)];
    if (record::is_referred_to(tx, from.table, back.slot, file)) return true;
  }
  return false;
}

bool are_bytes_needed(const application::Application& app, storage::Transaction& tx,
                      std::string_view sha256) {
  const application::Object& files = app.system_object("file");
  return record::has_value(tx, files.table, *files.find_slot("sha256"), Value{std::string(sha256)});
}

}  // namespace tenon::query
