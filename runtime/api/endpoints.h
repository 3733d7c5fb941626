// The endpoints of /api/v1, one function each; the table that routes to them is in router.cpp.
//
// Each gets a call whose actor is known, unless said otherwise, and answers it exactly once, now or
// later. What crosses is described in schemas/api/README.md.
#pragma once

#include "runtime/api/call.h"

namespace tenon::api {

// session.cpp. Nobody needs to be signed in for the first two.
void session_options(CallPointer call);
void sign_in(CallPointer call);
void sign_out(CallPointer call);
void read_me(CallPointer call);
void update_me(CallPointer call);
void change_password(CallPointer call);
void set_password(CallPointer call, std::string user);  // Of somebody else, by an admin.

// tokens.cpp
void create_token(CallPointer call);
void list_tokens(CallPointer call);
void revoke_token(CallPointer call, std::string id);

// application.cpp
void read_app(CallPointer call);
void openapi(CallPointer call);

// records.cpp
void list_records(CallPointer call, std::string object);
void read_record(CallPointer call, std::string object, std::string id);
void create_record(CallPointer call, std::string object);
void update_record(CallPointer call, std::string object, std::string id);
void delete_record(CallPointer call, std::string object, std::string id);
void restore_record(CallPointer call, std::string object, std::string id);
void batch_records(CallPointer call, std::string object);
void check_record(CallPointer call, std::string object);
void record_history(CallPointer call, std::string object, std::string id);

// actions.cpp
void run_action(CallPointer call, std::string object, std::string id, std::string action);
void undo_command(CallPointer call, std::string id);

// hands.cpp: the actions of pools, of one record or of many.
void change_hands(CallPointer call, const std::string& object, RecordId id,
                  const std::string& action);
void change_hands_of_many(CallPointer call, std::string object, std::string action);

// tasks.cpp
void list_tasks(CallPointer call);
void read_task(CallPointer call, std::string id);
void act_on_task(CallPointer call, std::string id, std::string act);
void act_on_tasks(CallPointer call);

// runs.cpp
void read_run(CallPointer call, std::string id);
void act_on_run(CallPointer call, std::string id, std::string act);
void runs_of_record(CallPointer call, std::string object, std::string id);

// migrate.cpp: one run (an act on it), all runs of a flow.
void migrate_run(CallPointer call, std::string id);
void migrate_flow(CallPointer call, std::string flow);

// reassign.cpp: what one person has to decide goes to another.
void reassign_runs(CallPointer call);

// flows.cpp
void start_flow(CallPointer call, std::string flow);
void preview_flow(CallPointer call, std::string flow);
void send_event(CallPointer call);

// flow_pages.cpp: by those who administer flows.
void list_flows(CallPointer call);
void read_flow(CallPointer call, std::string flow);
void flow_metrics(CallPointer call, std::string flow);
void runs_of_flow(CallPointer call, std::string flow);

// simulations.cpp: by those who administer flows.
void simulate_flow(CallPointer call, std::string flow);

// explain.cpp
void explain_assignment(CallPointer call, std::string object, std::string id);
void explain_formula(CallPointer call, std::string object, std::string id, std::string field);
void explain_rule(CallPointer call, std::string object, std::string id, std::string rule);
void explain_table(CallPointer call, std::string object, std::string id, std::string table);

// export.cpp
void export_records(CallPointer call, std::string object);

// reports.cpp
void run_query(CallPointer call);
void run_report(CallPointer call, std::string name);

// files.cpp
void upload_file(CallPointer call);
void download_file(CallPointer call, std::string id);

// jobs.cpp: by whoever made a job, and admins.
void list_jobs(CallPointer call);
void read_job(CallPointer call, std::string id);
void cancel_job(CallPointer call, std::string id);
void retry_job(CallPointer call, std::string id);

// clock.cpp: by admins, where the business clock is virtual.
void move_clock(CallPointer call);

// design.cpp: by admins and the command line.
void check_design(CallPointer call);
void plan_design(CallPointer call);
void publish_design(CallPointer call);
void import_chunk(CallPointer call);

}  // namespace tenon::api
