// One request on its way through the API: what was asked, by whom, and how to answer.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/json/document.h"
#include "runtime/api/attempts.h"
#include "runtime/api/engine.h"
#include "runtime/http/handler.h"

namespace tenon::api {

struct Call {
  Engine& engine;
  Attempts& attempts;  // Of the door that was asked.
  http::Request request;
  http::Respond respond;
  AppPointer app;                                   // The snapshot this request began with.
  std::shared_ptr<const auth::SignedIn> signed_in;  // Null where nobody is.

  const Actor& actor() const { return signed_in->actor; }
  const permission::Rights& rights() const { return app->rights(actor()); }
  DateTime now() const { return {engine.clock().now_ms()}; }

  // The answer; exactly one per call. Every answer names the application's version.
  void json(int status, std::string body);
  void json(int status, std::string body, std::string etag);
  void empty(int status);
  void fail(const Error& error);
  void answer(http::Response response);
};
using CallPointer = std::shared_ptr<Call>;

// Reads in one snapshot, then answers by `then`: here and at once, or on a worker where it takes
// longer than the I/O thread has time for. `work` may run twice; what both hold must live as long.
void read_for(const CallPointer& call, std::function<void(storage::Transaction&)> work,
              std::function<void()> then);

// The body as JSON: `unsupported` where it is of another type, `malformed` where it is none.
Result<json::Document> body_of(const Call& call);

// A query parameter as a whole number within bounds; `otherwise` where it is not given.
Result<std::int64_t> integer_parameter(const Call& call, std::string_view name,
                                       std::int64_t otherwise, std::int64_t least,
                                       std::int64_t most);
std::string text_parameter(const Call& call, std::string_view name);
// `locale` where the application has it, else that of who asks.
std::string locale_parameter(const Call& call);
std::vector<std::string> list_parameter(const Call& call, std::string_view name);
// Parameters that the route does not know are refused: a misspelt filter must not show everything.
Result<void> only_parameters(const Call& call, const std::vector<std::string_view>& known);

// "If-Match: "3"" → 3; nothing where it is not given.
Result<std::optional<std::int64_t>> seen_version(const Call& call);

// A record id in the path; one that is none is `not_found`, like one that nobody has.
Result<RecordId> id_of(std::string_view segment);

}  // namespace tenon::api
