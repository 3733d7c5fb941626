#include "runtime/api/write_call.h"

#include <algorithm>

#include "engine/query/list.h"
#include "runtime/auth/secret.h"

namespace tenon::api {
namespace {

constexpr std::size_t kKeyBytesMax = 128;

std::string name_of(const Call& call) {
  return std::string(http::name_of(call.request.method)) + " " + call.request.target;
}

http::Response response_of(command::Answer answer) {
  http::Response response;
  response.status = answer.status;
  if (!answer.body.empty()) response.content_type = "application/json";
  response.body = std::move(answer.body);
  if (!answer.etag.empty()) response.headers.emplace_back("ETag", std::move(answer.etag));
  if (!answer.location.empty()) {
    response.headers.emplace_back("Location", std::move(answer.location));
  }
  return response;
}

}  // namespace

void write_for(CallPointer call, std::function<Result<void>(command::Context&)> run,
               std::function<void(Call&)> answer) {
  auto write = std::make_shared<Write>();
  write->actor = call->actor();
  write->name = name_of(*call);
  write->run = std::move(run);
  write->done = [call, answer = std::move(answer)](const Result<void>& outcome) {
    if (outcome) {
      answer(*call);
    } else {
      call->fail(outcome.error());
    }
  };
  call->engine.write(std::move(write));
}

Result<std::optional<command::RepeatKey>> repeat_key(const Call& call) {
  const std::string_view key = call.request.header("idempotency-key");
  if (!call.request.headers.has("idempotency-key")) return std::optional<command::RepeatKey>{};
  const auto odd = [](char c) { return c < 0x21 || c > 0x7e; };
  if (key.empty() || key.size() > kKeyBytesMax || std::any_of(key.begin(), key.end(), odd)) {
    return Error::of(ErrorCode::malformed, "Idempotency-Key", "idempotency_key",
                     "must be 1 to 128 letters, digits or signs without blanks");
  }
  std::string whole(http::name_of(call.request.method));
  whole.append(" ").append(call.request.target).append("\n");
  whole.append(call.request.header("if-match")).append("\n").append(call.request.body);
  return std::optional(
      command::RepeatKey{std::string(key), auth::sha256(whole), call.engine.process_now_ms()});
}

void write_once(CallPointer call, std::function<Result<command::Answer>(command::Context&)> run,
                Refuse refuse) {
  auto key = repeat_key(*call);
  if (!key) return call->fail(key.error());
  auto answer = std::make_shared<command::Answer>();
  auto write = std::make_shared<Write>();
  write->actor = call->actor();
  write->name = name_of(*call);
  write->run = [key = key.take(), run = std::move(run),
                answer](command::Context& context) -> Result<void> {
    TENON_TRY(*answer, command::once(context, key, [&] { return run(context); }));
    return done();
  };
  write->done = [call, answer, refuse = std::move(refuse)](const Result<void>& outcome) {
    if (outcome) return call->answer(response_of(std::move(*answer)));
    refuse ? refuse(*call, outcome.error()) : call->fail(outcome.error());
  };
  call->engine.write(std::move(write));
}

Error refusal_about(const Call& call, const std::string& object, RecordId id, Error error) {
  if (error.code != ErrorCode::invalid) return error;
  call.engine.read([&](storage::Transaction& tx) {
    const auto page =
        query::read(query::context(*call.app, call.actor(), tx, call.now()), object, id, {"id"});
    if (!page) error = page.error();
  });
  return error;
}

Result<std::shared_ptr<BodyInput>> BodyInput::parse(const Call& call, const std::string& object,
                                                    std::string_view path) {
  TENON_CHECK(query::visible_object(*call.app, call.rights(), object));
  TENON_TRY(auto document, body_of(call));
  return parse(call, std::move(document), object, path);
}

Result<std::shared_ptr<BodyInput>> BodyInput::parse(const Call& call, json::Document body,
                                                    const std::string& object,
                                                    std::string_view path) {
  std::shared_ptr<BodyInput> input(new BodyInput(std::move(body), object, std::string(path)));
  TENON_CHECK(input->read(*call.app, call.rights()));
  return input;
}

Result<void> BodyInput::read(const application::Application& app,
                             const permission::Rights& rights) {
  TENON_TRY(object_, query::visible_object(app, rights, name_));
  json::Reader reader = document_.root();
  if (!path_.empty()) {
    TENON_CHECK(reader.expect(json::Kind::object));
    const auto member = reader.member(path_);
    if (!member) return reader.error("required", "the member \"" + path_ + "\" is missing");
    reader = *member;
  }
  TENON_TRY(input_, command::parse_input(reader, *object_, rights));
  version_ = app.version();
  return done();
}

Result<const command::Input*> BodyInput::input(const application::Application& app,
                                               const permission::Rights& rights) {
  if (version_ == app.version()) return &input_;
  auto again = read(app, rights);
  if (again) return &input_;
  // The body was right when the call began, so it is the application that moved.
  Error error{ErrorCode::conflict, std::move(again.error().problems)};
  for (Problem& problem : error.problems) problem.rule = "application_changed";
  return error;
}

}  // namespace tenon::api
