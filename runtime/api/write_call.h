// A write on behalf of a call: parsed where the call came in, carried out by the writer, answered
// when it is durable.
//
// An input is parsed against the snapshot the call began with; when another version was published
// before the writer came to it, it is parsed again on that one, so that a field's former name still
// finds its field. A field that is gone is `application_changed`.
#pragma once

#include "engine/command/context.h"
#include "engine/command/idempotency.h"
#include "engine/command/input.h"
#include "runtime/api/call.h"

namespace tenon::api {

// Hands `run` to the writer as the call's actor; `answer` is called with the call when it is
// durable, else the error is answered.
void write_for(CallPointer call, std::function<Result<void>(command::Context&)> run,
               std::function<void(Call&)> answer);

// The key with which a client may repeat this request (Idempotency-Key); nothing without one.
Result<std::optional<command::RepeatKey>> repeat_key(const Call& call);

// The same for a write whose answer is kept under its key: `run` says what to answer. A refusal is
// answered by `refuse`, where it is given.
using Refuse = std::function<void(Call&, const Error&)>;
void write_once(CallPointer call, std::function<Result<command::Answer>(command::Context&)> run,
                Refuse refuse = {});

// What to answer where a body about this record was refused: that there is no such record, or none
// that the caller may see, comes before what is wrong with the body.
Error refusal_about(const Call& call, const std::string& object, RecordId id, Error error);

// An object and the fields of a body, kept up with the application.
class BodyInput {
 public:
  // `path` leads to the fields inside the body: "" or "fields".
  static Result<std::shared_ptr<BodyInput>> parse(const Call& call, const std::string& object,
                                                  std::string_view path);
  // The same of a body that was read already.
  static Result<std::shared_ptr<BodyInput>> parse(const Call& call, json::Document body,
                                                  const std::string& object, std::string_view path);

  const application::Object& object() const { return *object_; }
  // Of this application and actor; parsed anew where the application is another than before.
  Result<const command::Input*> input(const application::Application& app,
                                      const permission::Rights& rights);

 private:
  BodyInput(json::Document document, std::string name, std::string path)
      : document_(std::move(document)), name_(std::move(name)), path_(std::move(path)) {}
  Result<void> read(const application::Application& app, const permission::Rights& rights);

  json::Document document_;
  std::string name_;
  std::string path_;
  const application::Object* object_ = nullptr;
  std::int64_t version_ = -1;
  command::Input input_;
};

}  // namespace tenon::api
