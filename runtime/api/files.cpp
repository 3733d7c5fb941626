#include <algorithm>

#include "engine/base/limits.h"
#include "engine/command/create_record.h"
#include "engine/command/run_files.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/file_store.h"
#include "runtime/api/flow_call.h"
#include "runtime/api/write_call.h"
#include "runtime/http/client.h"

namespace tenon::api {
namespace {

constexpr std::size_t kFileNameBytesMax = 255;

std::optional<std::string> percent_decoded(std::string_view text) {
  const auto value = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size() || value(text[i + 1]) < 0 || value(text[i + 2]) < 0) {
      return std::nullopt;
    }
    decoded += static_cast<char>(value(text[i + 1]) * 16 + value(text[i + 2]));
    i += 2;
  }
  return decoded;
}

// The name is only ever shown: it never touches the file system.
Result<std::string> file_name(const Call& call) {
  const auto name = percent_decoded(call.request.header("tenon-file-name"));
  const bool shown = name && std::none_of(name->begin(), name->end(), [](char c) {
                       return static_cast<unsigned char>(c) < 0x20 || c == '/' || c == '\\';
                     });
  if (shown && !name->empty() && name->size() <= kFileNameBytesMax) return *name;
  return Error::invalid("Tenon-File-Name", "name",
                        "is the file's name, percent-encoded, without folders, at most 255 bytes");
}

command::Input file_input(const application::Object& files, const StoredFile& stored,
                          const std::string& name, const std::string& type) {
  command::Input input;
  const auto set = [&](std::string_view field, Value value) {
    if (const auto slot = files.find_slot(field))
      input.entries.push_back({*slot, std::move(value)});
  };
  set("name", name);
  set("type", type);
  set("size", Decimal::of(static_cast<std::int64_t>(stored.size)));
  set("sha256", stored.sha256);
  return input;
}

void keep_upload(const CallPointer& call, const std::string& name) {
  std::string type(call->request.header("content-type"));
  if (type.empty()) type = "application/octet-stream";
  StoredFile stored;
  try {
    stored = store_file(call->engine.files_folder(), call->request.body);
  } catch (const StorageFull&) {
    return call->fail(
        Error::of(ErrorCode::not_done, "", "storage", "the disk is full or cannot be written"));
  }
  auto saved = std::make_shared<std::string>();
  write_for(
      call,
      [stored, name, type, saved](command::Context& context) -> Result<void> {
        const application::Object& files = context.app.system_object("file");
        // Everybody may upload; what the record then hangs on decides who may see it.
        Actor uploader = system_actor(context.actor.surface, "an upload");
        uploader.user = context.actor.user;
        command::Context own{context.app,   uploader,    context.tx,
                             context.clock, context.ids, context.changes};
        TENON_TRY(const auto reply,
                  command::create_record(own, {&files, file_input(files, stored, name, type)}));
        json::Writer writer;
        writer.begin_object().key("id").text(text_of(reply.id)).key("name").text(name);
        writer.key("size").integer(static_cast<std::int64_t>(stored.size));
        writer.key("type").text(type).end_object();
        *saved = writer.take();
        return done();
      },
      [saved](Call& done_call) { done_call.json(201, std::move(*saved)); });
}

}  // namespace

void upload_file(CallPointer call) {
  const auto name = file_name(*call);
  if (!name) return call->fail(name.error());
  if (call->request.body.empty()) {
    return call->fail(Error::invalid("", "empty", "the body is the file; it is empty"));
  }
  // Written and synced before its record, on a worker: the disk may take its time.
  const bool taken = call->engine.work([call, name = *name] { keep_upload(call, name); });
  if (!taken) call->fail({ErrorCode::busy, {}});
}

void download_file(CallPointer call, std::string id_text) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  std::optional<query::Attachment> file;
  read_as_command(*call,
                  [&](command::Context& context) { file = command::fetch_file(context, *id); });
  if (!file) return call->fail(Error::not_found());
  auto bytes = load_file(call->engine.files_folder(), file->sha256);
  if (!bytes) return call->fail(Error::not_found());
  http::Response response;
  response.content_type = file->type;
  response.body = std::move(*bytes);
  // Never shown in place: an attachment, not sniffed, and without any power where it is opened.
  response.headers.emplace_back(
      "Content-Disposition", "attachment; filename*=UTF-8''" + http::percent_encoded(file->name));
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'");
  call->answer(std::move(response));
}

}  // namespace tenon::api
