#include "runtime/api/write_call.h"

#include "engine/query/context.h"

namespace tenon::api {

void write_for(CallPointer call, std::function<Result<void>(command::Context&)> run,
               std::function<void(Call&)> answer) {
  auto write = std::make_shared<Write>();
  write->actor = call->actor();
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

Result<std::shared_ptr<BodyInput>> BodyInput::parse(const Call& call, const std::string& object,
                                                    std::string_view path) {
  TENON_CHECK(query::visible_object(*call.app, call.rights(), object));
  TENON_TRY(auto document, body_of(call));
  std::shared_ptr<BodyInput> input(new BodyInput(std::move(document), object, std::string(path)));
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
