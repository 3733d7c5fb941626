// Declared actions of a record, and undo.
#include "engine/command/merge_records.h"
#include "engine/command/ownership.h"
#include "engine/command/undo.h"
#include "engine/json/members.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/page_json.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

struct MergeBody {
  std::vector<RecordId> records;
  std::vector<std::pair<std::string, RecordId>> take;  // Field's name → record.
};

Result<RecordId> id_in(json::Reader reader) {
  TENON_TRY(const auto text, reader.text());
  const auto id = parse_id_text(text);
  if (!id) return reader.error("record", "is no id of a record");
  return RecordId{*id};
}

Result<MergeBody> merge_body(const Call& call) {
  TENON_TRY(const auto document, body_of(call));
  std::vector<Problem> problems;
  json::Members members(document.root(), problems);
  const auto records = members.required("records");
  const auto take = members.optional("take");
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  MergeBody body;
  TENON_CHECK(records->expect(json::Kind::array));
  for (const json::Reader record : *records) {
    TENON_TRY(const auto id, id_in(record));
    body.records.push_back(id);
  }
  if (!take) return body;
  TENON_CHECK(take->expect(json::Kind::object));
  for (const json::Reader field : *take) {
    TENON_TRY(const auto id, id_in(field));
    body.take.emplace_back(std::string(field.name()), id);
  }
  return body;
}

Result<command::MergeRecords> merge_of(const command::Context& context, const std::string& name,
                                       RecordId survivor, const MergeBody& body) {
  const auto& rights = context.app.rights(context.actor);
  TENON_TRY(const auto* object, query::visible_object(context.app, rights, name));
  command::MergeRecords merge{object, survivor, body.records, {}};
  const auto& granted = rights.objects[static_cast<std::size_t>(object->place)];
  for (const auto& [field, from] : body.take) {
    const auto slot = object->find_slot(field);
    if (!slot || !granted.may_read(*slot)) {
      return Error::invalid("take/" + field, "unknown_field", name + " has no such field");
    }
    merge.take.push_back({*slot, from});
  }
  return merge;
}

void merge(const CallPointer& call, const std::string& object, RecordId id) {
  auto body = merge_body(*call);
  if (!body) return call->fail(body.error());
  write_once(
      call, [body = body.take(), object, id](command::Context& context) -> Result<command::Answer> {
        TENON_TRY(const auto merge, merge_of(context, object, id, body));
        TENON_TRY(const auto reply, command::merge_records(context, merge));
        json::Writer writer;
        writer.begin_object().key("record");
        writer.raw(record_json(context, reply));
        writer.key("command").text(text_of(context.changes.command)).end_object();
        return command::Answer{200, writer.take(), "", ""};
      });
}

}  // namespace

void run_action(CallPointer call, std::string object, std::string id_text, std::string action) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  if (action == "merge") return merge(call, object, *id);
  if (command::find_hand_action(action)) return change_hands(call, object, *id, action);
  call->fail(Error::not_found());
}

void undo_command(CallPointer call, std::string id_text) {
  const auto id = parse_id_text(id_text);
  if (!id) return call->fail(Error::not_found());
  write_once(call, [id = CommandId{*id}](command::Context& context) -> Result<command::Answer> {
    TENON_TRY(const auto undone, command::undo_command(context, {id}));
    json::Writer writer;
    writer.begin_object().key("records").integer(undone.records).end_object();
    return command::Answer{200, writer.take(), "", ""};
  });
}

}  // namespace tenon::api
