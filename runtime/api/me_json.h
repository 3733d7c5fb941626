// The person who is signed in, as GET /me tells it.
#pragma once

#include <string>

#include "engine/query/context.h"

namespace tenon::api {

std::string me_json(const application::Application& app, storage::Transaction& tx,
                    const Actor& actor);

}  // namespace tenon::api
