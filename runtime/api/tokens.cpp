#include "engine/credential/credential.h"
#include "engine/json/members.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/write_call.h"
#include "runtime/auth/secret.h"

namespace tenon::api {
namespace {

constexpr std::int64_t kTokenMs = 365LL * 24 * 3600 * 1000;  // Without a wish: a year.

Result<credential::Token> token_of(const Call& call) {
  TENON_TRY(const auto document, body_of(call));
  std::vector<Problem> problems;
  json::Members members(document.root(), problems);
  const auto name = members.required_text("name");
  const auto expires = members.text("expires_at");
  const auto holder = members.text("user");  // Somebody else: by the command line only.
  members.finish();
  const std::int64_t now = call.engine.process_now_ms();
  credential::Token token{};
  token.user = call.actor().user;
  if (holder && call.actor().is_system()) {
    TENON_TRY(token.user, id_of(*holder));
  } else if (holder || call.actor().is_system()) {
    problems.push_back({"user", "user", "is given on the command line, and only there"});
  }
  token.name = name.value_or("");
  token.created_at_ms = now;
  token.expires_at_ms = now + kTokenMs;
  if (expires) {
    const auto at = parse_datetime(*expires);
    if (!at || at->ms <= now) {
      problems.push_back({"expires_at", "datetime", "must be a moment in the future"});
    } else {
      token.expires_at_ms = at->ms;
    }
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return token;
}

}  // namespace

void create_token(CallPointer call) {
  auto token = token_of(*call);
  if (!token) return call->fail(token.error());
  token->id = call->engine.ids().next();
  const std::string secret = auth::random_token();
  write_for(
      call,
      [token = *token, secret](command::Context& context) -> Result<void> {
        credential::add_token(context.tx, token, auth::hash_token(secret));
        return done();
      },
      [id = token->id, secret](Call& done_call) {
        json::Writer writer;
        writer.begin_object().key("id").text(id_text(id)).key("token").text(secret).end_object();
        done_call.json(201, writer.take());
      });
}

void list_tokens(CallPointer call) {
  std::vector<credential::Token> tokens;
  call->engine.read(
      [&](storage::Transaction& tx) { tokens = credential::tokens_of(tx, call->actor().user); });
  json::Writer writer;
  writer.begin_object().key("tokens").begin_array();
  for (const credential::Token& token : tokens) {
    writer.begin_object().key("id").text(id_text(token.id)).key("name").text(token.name);
    writer.key("created_at").text(text_of(DateTime{token.created_at_ms}));
    writer.key("expires_at").text(text_of(DateTime{token.expires_at_ms})).end_object();
  }
  writer.end_array().end_object();
  call->json(200, writer.take());
}

void revoke_token(CallPointer call, std::string id_text) {
  const auto id = id_of(id_text);
  if (!id) return call->fail(id.error());
  write_for(
      call,
      [user = call->actor().user, id = id->value](command::Context& context) -> Result<void> {
        if (credential::revoke_token(context.tx, user, id)) return done();
        return Error::not_found();
      },
      [](Call& done_call) {
        done_call.engine.sign_ins().forget_all();
        done_call.empty(204);
      });
}

}  // namespace tenon::api
