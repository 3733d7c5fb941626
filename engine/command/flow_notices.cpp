#include "engine/command/flow_notices.h"

#include "engine/command/run_access.h"
#include "engine/command/save.h"
#include "engine/query/directory.h"
#include "engine/query/named_field.h"
#include "engine/run/copy.h"
#include "engine/storage/sql_builder.h"

namespace tenon::command {
namespace {

using application::Object;

std::string_view word_of(flow::Notice notice) {
  switch (notice) {
    case flow::Notice::task: return "task";
    case flow::Notice::reminder: return "reminder";
    case flow::Notice::escalated: return "escalated";
    case flow::Notice::returned: return "returned";
    case flow::Notice::cancelled: return "cancelled";
    case flow::Notice::copied: return "copied";
    case flow::Notice::message: return "message";
    case flow::Notice::incident: return "incident";
    case flow::Notice::finished: return "finished";
  }
  return "";
}

class Notices {
 public:
  Notices(Context& context, const run::Kept& kept, const flow::Notify& notify)
      : context_(context),
        kept_(kept),
        notify_(notify),
        object_(context.app.system_object("notification")),
        users_(context.app.system_object("user")),
        ripple_(context) {}

  Result<void> give() {
    std::vector<flow::UserId> to = notify_.to;
    const bool is_for_admins = to.empty() && notify_.notice == flow::Notice::incident;
    if (is_for_admins) to = query::directory(as_query(context_), {}).admins;
    for (const flow::UserId user : to) {
      if (notify_.notice == flow::Notice::cancelled) {
        take_back(user);
        continue;
      }
      if (notify_.notice == flow::Notice::copied) {
        run::add_copy(context_.tx, kept_.run.id, user, context_.clock.now_ms());
      }
      TENON_CHECK(tell(user));
    }
    return ripple_.run();
  }

 private:
  Result<void> tell(flow::UserId user) {
    Draft draft;
    draft.fields.resize(object_.types.size());
    set(draft, "recipient", user);
    set(draft, "kind", std::string(word_of(notify_.notice)));
    set(draft, "flow", kept_.run.flow);
    set(draft, "run", text_of(kept_.run.id));
    set(draft, "object", kept_.object);
    if (kept_.run.record.value != 0) set(draft, "record", text_of(kept_.run.record));
    if (notify_.seat >= 0) set(draft, "task", task());
    if (std::string text = message(user); !text.empty()) set(draft, "message", std::move(text));
    TENON_CHECK(save_new(context_, object_, draft, ripple_));
    return done();
  }

  void set(Draft& draft, std::string_view field, Value value) const {
    draft.fields[static_cast<std::size_t>(*object_.find_slot(field))] = std::move(value);
  }

  std::string task() const { return text_of(kept_.run.id) + "-" + std::to_string(notify_.seat); }

  // What the node says, in the language of who reads it.
  std::string message(flow::UserId user) const {
    const bool speaks =
        notify_.notice == flow::Notice::message || notify_.notice == flow::Notice::copied;
    if (!speaks || notify_.node < 0) return "";
    const application::Flow& flow = flow_of(context_, kept_);
    const auto* node = flow.definition->find(flow.program->node(notify_.node).id);
    if (node == nullptr || node->message.empty()) return "";
    const auto reader = record::read(context_.tx, users_.table, user);
    const std::string locale = reader ? query::text_of(users_, *reader, "locale") : "";
    return metadata::text_in(node->message, locale);
  }

  void take_back(flow::UserId user) {
    storage::SqlBuilder sql;
    sql.text("SELECT id FROM ").name(object_.table.name).text(" WHERE ");
    sql.name(query::column_of(object_, "task")).text(" = ").bind(Column{task()}).text(" AND ");
    sql.name(query::column_of(object_, "recipient")).text(" = ").bind(Column{user.value});
    sql.text(" AND ").name(query::column_of(object_, "read_at"));
    sql.text(" IS NULL AND deleted_at IS NULL ORDER BY id");
    std::vector<RecordId> unread;
    {
      auto statement = context_.tx.statement(sql.sql());
      sql.bind_all(statement);
      statement.each([&](const storage::Row& row) { unread.push_back({row.integer(0)}); });
    }
    for (const RecordId id : unread) {
      const auto record = record::read(context_.tx, object_.table, id);
      if (record) save_erased(context_, object_, *record, ripple_);
    }
  }

  Context& context_;
  const run::Kept& kept_;
  const flow::Notify& notify_;
  const Object& object_;
  const Object& users_;
  Ripple ripple_;
};

}  // namespace

Result<void> give_notice(Context& context, const run::Kept& kept, const flow::Notify& notify) {
  return Notices(context, kept, notify).give();
}

}  // namespace tenon::command
