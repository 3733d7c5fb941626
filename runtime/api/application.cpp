#include "runtime/api/app_json.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/openapi_json.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

namespace tenon::api {
namespace {

// The text is the same for everybody with the same roles and language, on the same day.
class AppTexts {
 public:
  std::shared_ptr<const std::string> find(const Call& call, const std::string& locale) {
    const Date today = query::today(*call.app, call.now());
    Key key{call.app->version(), call.actor().is_system(), call.actor().roles, locale, today.days};
    const std::lock_guard lock(mutex_);
    if (const auto known = texts_.find(key); known != texts_.end()) return known->second;
    constexpr std::size_t kTextsMax = 64;
    if (texts_.size() >= kTextsMax) texts_.clear();
    auto text =
        std::make_shared<const std::string>(app_json(*call.app, call.rights(), locale, today));
    texts_.emplace(std::move(key), text);
    return text;
  }

 private:
  using Key = std::tuple<std::int64_t, bool, std::vector<std::string>, std::string, std::int32_t>;
  std::mutex mutex_;
  std::map<Key, std::shared_ptr<const std::string>> texts_;
};

std::string roles_tag(const Call& call) {
  std::size_t hash = std::hash<bool>{}(call.actor().is_system());
  for (const std::string& role : call.actor().roles) {
    hash = hash * 31 + std::hash<std::string>{}(role);
  }
  return std::to_string(hash);
}

}  // namespace

void read_app(CallPointer call) {
  static AppTexts texts;
  const std::string locale = locale_parameter(*call);
  const Date today = query::today(*call->app, call->now());
  const std::string tag = "\"" + std::to_string(call->app->version()) + "-" + roles_tag(*call) +
                          "-" + locale + "-" + std::to_string(today.days) + "\"";
  if (call->request.header("if-none-match") == tag) {
    http::Response response;
    response.status = 304;
    response.headers.emplace_back("ETag", tag);
    return call->answer(std::move(response));
  }
  call->json(200, *texts.find(*call, locale), tag);
}

void openapi(CallPointer call) {
  call->json(200, openapi_json(*call->app, call->rights(), call->actor().locale));
}

}  // namespace tenon::api
