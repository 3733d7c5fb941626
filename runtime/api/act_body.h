// The bodies of what people do to tasks and runs, and the acts they say.
#pragma once

#include "runtime/api/flow_call.h"

namespace tenon::api {

// Of POST /tasks/{id}/{act}; `not_found` where there is no such act.
Result<ActBody> parse_task_act(std::string_view act, const Subject& task,
                               std::shared_ptr<const json::Document> document);
// Of POST /runs/{id}/{act}.
Result<ActBody> parse_run_act(std::string_view act, flow::RunId run,
                              std::shared_ptr<const json::Document> document);

// Ids of people in a list; a text that is no id is a problem at its place.
std::vector<flow::UserId> people_in(const std::optional<json::Reader>& list,
                                    std::vector<Problem>& problems);

}  // namespace tenon::api
