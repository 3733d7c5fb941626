// The application as one actor may see it: what GET /app answers (schemas/api/README.md).
//
// Depends only on the application, the roles and the locale, so it is made once for each and kept.
#pragma once

#include <string>
#include <string_view>

#include "engine/application/application.h"

namespace tenon::api {

std::string app_json(const application::Application& app, const permission::Rights& rights,
                     std::string_view locale, Date today);

}  // namespace tenon::api
