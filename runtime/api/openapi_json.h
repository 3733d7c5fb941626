// OpenAPI 3.1 of the application as the actor's rights let it be used.
//
// Source of the format: spec.openapis.org/oas/v3.1.0.
#pragma once

#include <string>
#include <string_view>

#include "engine/application/application.h"

namespace tenon::api {

std::string openapi_json(const application::Application& app, const permission::Rights& rights,
                         std::string_view locale);

}  // namespace tenon::api
