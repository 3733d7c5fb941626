#include "runtime/api/router.h"

#include "runtime/api/endpoints.h"

namespace tenon::api {
namespace {

using http::Method;
using Parts = const std::vector<std::string>&;
using Endpoint = std::function<void(CallPointer, Parts)>;

Endpoint to(void (*endpoint)(CallPointer)) {
  return [endpoint](CallPointer call, Parts) { endpoint(std::move(call)); };
}

Endpoint to(void (*endpoint)(CallPointer, std::string)) {
  return [endpoint](CallPointer call, Parts parts) { endpoint(std::move(call), parts[0]); };
}

Endpoint to(void (*endpoint)(CallPointer, std::string, std::string)) {
  return
      [endpoint](CallPointer call, Parts parts) { endpoint(std::move(call), parts[0], parts[1]); };
}

Endpoint to(void (*endpoint)(CallPointer, std::string, std::string, std::string)) {
  return [endpoint](CallPointer call, Parts parts) {
    endpoint(std::move(call), parts[0], parts[1], parts[2]);
  };
}

void open_stream(CallPointer call) { call->engine.open_stream(call); }

std::vector<Route> flow_routes() {
  return {
      {Method::get, {"tasks"}, false, to(list_tasks), {"box", "q", "flow", "after", "limit"}},
      {Method::post, {"tasks", "batch"}, false, to(act_on_tasks)},
      {Method::get, {"tasks", "{}"}, false, to(read_task)},
      {Method::post, {"tasks", "{}", "{}"}, false, to(act_on_task)},
      {Method::get, {"runs", "{}"}, false, to(read_run)},
      {Method::post, {"runs", "reassign"}, false, to(reassign_runs)},
      {Method::post, {"runs", "{}", "{}"}, false, to(act_on_run)},
      {Method::get, {"flows"}, false, to(list_flows)},
      {Method::post, {"events"}, false, to(send_event)},
      {Method::get, {"flows", "{}"}, false, to(read_flow)},
      {Method::get,
       {"flows", "{}", "runs"},
       false,
       to(runs_of_flow),
       {"state", "version", "only", "after", "limit"}},
      {Method::get, {"flows", "{}", "metrics"}, false, to(flow_metrics)},
      {Method::post, {"flows", "{}", "start"}, false, to(start_flow)},
      {Method::post, {"flows", "{}", "preview"}, false, to(preview_flow)},
      {Method::post, {"flows", "{}", "simulate"}, false, to(simulate_flow)},
      {Method::post, {"flows", "{}", "migrate"}, false, to(migrate_flow)},
  };
}

std::vector<Route> record_routes() {
  return {
      {Method::get,
       {"records", "{}"},
       false,
       to(list_records),
       {"fields", "filter", "sort", "limit", "after", "count", "q", "may"}},
      {Method::get,
       {"records", "{}", "export"},
       false,
       to(export_records),
       {"fields", "filter", "sort", "q", "format", "for"}},
      {Method::post, {"records", "{}"}, false, to(create_record)},
      {Method::post, {"records", "{}", "batch"}, false, to(batch_records)},
      {Method::post, {"records", "{}", "check"}, false, to(check_record)},
      {Method::get, {"records", "{}", "{}"}, false, to(read_record), {"fields", "may"}},
      {Method::patch, {"records", "{}", "{}"}, false, to(update_record)},
      {Method::erase, {"records", "{}", "{}"}, false, to(delete_record)},
      {Method::post, {"records", "{}", "{}", "restore"}, false, to(restore_record)},
      {Method::get,
       {"records", "{}", "{}", "history"},
       false,
       to(record_history),
       {"after", "limit"}},
      {Method::post, {"records", "{}", "{}", "actions", "{}"}, false, to(run_action)},
      {Method::get, {"records", "{}", "{}", "runs"}, false, to(runs_of_record)},
      {Method::post, {"records", "{}", "actions", "{}"}, false, to(change_hands_of_many)},
      {Method::post, {"commands", "{}", "undo"}, false, to(undo_command)},
  };
}

std::vector<Route> with_others(std::vector<Route> table) {
  for (const auto& more : {record_routes(), flow_routes()}) {
    table.insert(table.end(), more.begin(), more.end());
  }
  return table;
}

const std::vector<Route>& routes() {
  static const std::vector<Route> table = with_others({
      {Method::get, {"session", "options"}, true, to(session_options), {"locale"}},
      {Method::post, {"session"}, true, to(sign_in)},
      {Method::erase, {"session"}, false, to(sign_out)},
      {Method::get, {"me"}, false, to(read_me)},
      {Method::patch, {"me"}, false, to(update_me)},
      {Method::post, {"me", "password"}, false, to(change_password)},
      {Method::post, {"users", "{}", "password"}, false, to(set_password)},
      {Method::get, {"tokens"}, false, to(list_tokens)},
      {Method::post, {"tokens"}, false, to(create_token)},
      {Method::erase, {"tokens", "{}"}, false, to(revoke_token)},
      {Method::get, {"app"}, false, to(read_app), {"locale"}},
      {Method::get, {"openapi.json"}, false, to(openapi)},
      {Method::get,
       {"explain", "assignment", "{}", "{}"},
       false,
       to(explain_assignment),
       {"locale"}},
      {Method::get, {"explain", "formula", "{}", "{}", "{}"}, false, to(explain_formula)},
      {Method::get, {"explain", "rule", "{}", "{}", "{}"}, false, to(explain_rule)},
      {Method::get, {"explain", "table", "{}", "{}", "{}"}, false, to(explain_table)},
      {Method::post, {"query"}, false, to(run_query)},
      {Method::get, {"reports", "{}"}, false, to(run_report), {"filter"}},
      {Method::post, {"files"}, false, to(upload_file)},
      {Method::get, {"files", "{}"}, false, to(download_file)},
      {Method::get, {"stream"}, false, to(open_stream), {}, true},
      {Method::get, {"jobs"}, false, to(list_jobs)},
      {Method::get, {"jobs", "{}"}, false, to(read_job)},
      {Method::post, {"jobs", "{}", "cancel"}, false, to(cancel_job)},
      {Method::post, {"jobs", "{}", "retry"}, false, to(retry_job)},
      {Method::post, {"design", "clock"}, false, to(move_clock)},
      {Method::post, {"design", "check"}, false, to(check_design)},
      {Method::post, {"design", "plan"}, false, to(plan_design)},
      {Method::post, {"design", "publish"}, false, to(publish_design)},
      {Method::post, {"imports"}, false, to(import_chunk)},
  });
  return table;
}

bool fits(const Route& route, const http::Request& request, std::vector<std::string>& parts) {
  constexpr std::size_t kPrefix = 2;  // api, v1
  if (request.path.size() != route.path.size() + kPrefix) return false;
  for (std::size_t i = 0; i < route.path.size(); ++i) {
    if (route.path[i] != "{}" && route.path[i] != request.path[i + kPrefix]) return false;
  }
  parts.clear();
  for (std::size_t i = 0; i < route.path.size(); ++i) {
    if (route.path[i] == "{}") parts.push_back(request.path[i + kPrefix]);
  }
  return true;
}

// HEAD is answered like GET, but by what goes on for ever.
bool answers(const Route& route, Method method) {
  if (method == Method::head) return route.method == Method::get && !route.streams;
  return route.method == method;
}

}  // namespace

Routed route_of(const http::Request& request) {
  Routed routed;
  std::vector<std::string> parts;
  const bool versioned = request.path.size() > 1 && request.path[1] == "v1";
  if (!versioned) return routed;
  for (const Route& route : routes()) {
    if (!fits(route, request, parts)) continue;
    routed.path_known = true;
    if (!answers(route, request.method)) continue;
    routed.route = &route;
    routed.parts = std::move(parts);
    return routed;
  }
  return routed;
}

}  // namespace tenon::api
