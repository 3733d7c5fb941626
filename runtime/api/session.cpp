#include "engine/command/update_record.h"
#include "engine/credential/credential.h"
#include "engine/json/members.h"
#include "engine/query/people.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/me_json.h"
#include "runtime/api/write_call.h"
#include "runtime/auth/secret.h"

namespace tenon::api {
namespace {

constexpr std::size_t kPasswordBytesMin = 10;
constexpr std::size_t kPasswordBytesMax = 256;

Error wrong_credentials() {
  return Error::of(ErrorCode::unauthenticated, "", "credentials",
                   "the login or the password is wrong");
}

Error too_many_attempts() {
  return Error::of(ErrorCode::too_many, "", "attempts",
                   "too many failed attempts; wait five minutes");
}

struct Credentials {
  std::string login;
  std::string password;
};

Result<Credentials> credentials_of(const Call& call) {
  TENON_TRY(const auto document, body_of(call));
  std::vector<Problem> problems;
  json::Members members(document.root(), problems);
  const auto login = members.required_text("login");
  const auto password = members.required_text("password");
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return Credentials{*login, *password};
}

std::string cookie(const Call& call, const std::string& token, std::int64_t seconds) {
  std::string text = "tenon_session=" + token +
                     "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds);
  if (call.engine.public_url().starts_with("https://")) text += "; Secure";
  return text;
}

// On a worker: the hash takes its time, the same for a login that nobody has.
std::optional<RecordId> check_credentials(Call& call, const Credentials& given) {
  std::optional<RecordId> user;
  std::optional<std::string> hash;
  call.engine.read([&](storage::Transaction& tx) {
    user = query::user_with_login(*call.app, tx, given.login);
    if (user && query::actor_of(*call.app, tx, *user)) {
      hash = credential::password_hash(tx, *user);
    }
  });
  if (!hash) {
    auth::waste_password_time(given.password);
    return std::nullopt;
  }
  return auth::password_matches(given.password, *hash) ? user : std::nullopt;
}

void open_session(const CallPointer& call, RecordId user) {
  const std::string token = auth::random_token();
  const std::int64_t now = call->engine.process_now_ms();
  auto me = std::make_shared<std::string>();
  auto write = std::make_shared<Write>();
  write->actor = system_actor(Surface::system, "somebody signs in");
  write->run = [call, token, user, now, me](command::Context& context) -> Result<void> {
    credential::add_session(context.tx, auth::hash_token(token), user, now, now + auth::kSessionMs,
                            call->request.peer);
    const auto actor = query::actor_of(context.app, context.tx, user);
    if (!actor) return wrong_credentials();
    *me = me_json(context.app, context.tx, *actor);
    return done();
  };
  write->done = [call, token, me](const Result<void>& outcome) {
    if (!outcome) return call->fail(outcome.error());
    http::Response response;
    response.content_type = "application/json";
    response.body = std::move(*me);
    response.headers.emplace_back("Set-Cookie", cookie(*call, token, auth::kSessionMs / 1000));
    call->answer(std::move(response));
  };
  call->engine.write(std::move(write));
}

Result<std::string> new_password(const std::optional<std::string>& given, const std::string& at) {
  if (given && given->size() >= kPasswordBytesMin && given->size() <= kPasswordBytesMax) {
    return *given;
  }
  return Error::invalid(at, "password", "must have from 10 to 256 characters");
}

// Other sessions end with the password; the one that changed it goes on.
void keep_password(const CallPointer& call, RecordId user, std::string hash) {
  const std::string own = call->signed_in->is_token ? "" : call->signed_in->hash;
  const std::int64_t now = call->engine.process_now_ms();
  const bool oneself = user == call->actor().user;
  write_for(
      call,
      [user, hash = std::move(hash), own, now, oneself](command::Context& context) -> Result<void> {
        credential::set_password(context.tx, user, hash, now);
        credential::end_all_sessions(context.tx, user);
        if (oneself && !own.empty()) {
          credential::add_session(context.tx, own, user, now, now + auth::kSessionMs, "");
        }
        return done();
      },
      [](Call& done_call) {
        done_call.engine.sign_ins().forget_all();
        done_call.empty(204);
      });
}

void hash_and_keep(const CallPointer& call, RecordId user, std::string password) {
  const bool taken = call->engine.work([call, user, password = std::move(password)] {
    keep_password(call, user, auth::hash_password(password));
  });
  if (!taken) call->fail({ErrorCode::busy, {}});
}

}  // namespace

void session_options(CallPointer call) {
  const metadata::Bundle& bundle = call->app->bundle();
  json::Writer writer;
  const std::string locale = text_parameter(*call, "locale");
  const std::string& label = metadata::text_in(bundle.label, locale.empty() ? "en" : locale);
  writer.begin_object().key("application").text(label.empty() ? bundle.name : label);
  writer.key("locales").begin_array();
  for (const std::string& one : bundle.locales) writer.text(one);
  writer.end_array().key("demo").boolean(call->engine.is_demo()).end_object();
  call->json(200, writer.take());
}

void sign_in(CallPointer call) {
  auto given = credentials_of(*call);
  if (!given) return call->fail(given.error());
  const std::int64_t now = call->engine.process_now_ms();
  const std::string by_login = "login " + given->login;
  const std::string by_peer = "peer " + call->request.peer;
  const auto is_closed = [&attempts = call->attempts, now, by_login, by_peer] {
    return attempts.is_closed(by_login, now) || attempts.is_closed(by_peer, now);
  };
  if (is_closed()) return call->fail(too_many_attempts());
  const bool taken = call->engine.work([call, given = *given, now, by_login, by_peer, is_closed] {
    // Again: those that were sent at the same time have failed meanwhile.
    if (is_closed()) return call->fail(too_many_attempts());
    const auto user = check_credentials(*call, given);
    if (!user) {
      call->attempts.failed(by_login, now);
      call->attempts.failed(by_peer, now);
      return call->fail(wrong_credentials());
    }
    call->attempts.succeeded(by_login);
    open_session(call, *user);
  });
  if (!taken) call->fail({ErrorCode::busy, {}});
}

void sign_out(CallPointer call) {
  write_for(
      call,
      [hash = call->signed_in->hash](command::Context& context) -> Result<void> {
        credential::end_session(context.tx, hash);
        return done();
      },
      [](Call& done_call) {
        done_call.engine.sign_ins().forget_all();
        http::Response response;
        response.status = 204;
        response.headers.emplace_back("Set-Cookie", cookie(done_call, "", 0));
        done_call.answer(std::move(response));
      });
}

void read_me(CallPointer call) {
  std::string body;
  call->engine.read(
      [&](storage::Transaction& tx) { body = me_json(*call->app, tx, call->actor()); });
  call->json(200, std::move(body));
}

// One's own language and theme are everybody's to set, whatever their roles say about people.
void update_me(CallPointer call) {
  const auto document = body_of(*call);
  if (!document) return call->fail(document.error());
  std::vector<Problem> problems;
  json::Members members(document->root(), problems);
  members.optional("locale");
  members.optional("theme");
  members.finish();
  if (!problems.empty()) return call->fail(Error::invalid(std::move(problems)));
  const application::Object& users = call->app->system_object("user");
  const Actor system = system_actor(Surface::form, "people set their own language and theme");
  auto input = command::parse_input(document->root(), users, call->app->rights(system));
  if (!input) return call->fail(input.error());
  auto me = std::make_shared<std::string>();
  write_for(
      call,
      [input = *input, user = call->actor().user, system,
       me](command::Context& context) -> Result<void> {
        command::Context as_system{context.app,   system,      context.tx,
                                   context.clock, context.ids, context.changes};
        TENON_CHECK(command::update_record(
            as_system, {&context.app.system_object("user"), user, input, std::nullopt}));
        *me = me_json(context.app, context.tx, context.actor);
        return done();
      },
      [me](Call& done_call) { done_call.json(200, std::move(*me)); });
}

void change_password(CallPointer call) {
  const auto document = body_of(*call);
  if (!document) return call->fail(document.error());
  std::vector<Problem> problems;
  json::Members members(document->root(), problems);
  const auto current = members.required_text("current");
  const auto wanted = members.required_text("new");
  members.finish();
  if (!problems.empty()) return call->fail(Error::invalid(std::move(problems)));
  auto password = new_password(wanted, "new");
  if (!password) return call->fail(password.error());
  const bool taken = call->engine.work([call, current = *current, password = *password] {
    std::optional<std::string> hash;
    call->engine.read([&](storage::Transaction& tx) {
      hash = credential::password_hash(tx, call->actor().user);
    });
    if (!hash || !auth::password_matches(current, *hash)) {
      return call->fail(Error::invalid("current", "password", "is not your password"));
    }
    keep_password(call, call->actor().user, auth::hash_password(password));
  });
  if (!taken) call->fail({ErrorCode::busy, {}});
}

void set_password(CallPointer call, std::string user) {
  if (!call->rights().everything) {
    return call->fail(Error::denied("", "only an administrator may do this"));
  }
  const auto id = id_of(user);
  if (!id) return call->fail(id.error());
  const auto document = body_of(*call);
  if (!document) return call->fail(document.error());
  std::vector<Problem> problems;
  json::Members members(document->root(), problems);
  const auto wanted = members.required_text("password");
  members.finish();
  if (!problems.empty()) return call->fail(Error::invalid(std::move(problems)));
  auto password = new_password(wanted, "password");
  if (!password) return call->fail(password.error());
  bool exists = false;
  call->engine.read(
      [&](storage::Transaction& tx) { exists = query::user_exists(*call->app, tx, *id); });
  if (!exists) return call->fail(Error::not_found());
  hash_and_keep(call, *id, password.take());
}

}  // namespace tenon::api
