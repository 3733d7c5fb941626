#include "engine/command/people_left.h"

#include "engine/command/flow_driver.h"
#include "engine/query/named_field.h"

namespace tenon::command {

Result<void> move_seats(Context& context, const application::Object& object,
                        const record::Record& before, const record::Record* after) {
  if (&object != &context.app.system_object("user")) return done();
  const auto is_active = [&](const record::Record& record) {
    return is_true(query::value_of(object, record, "active"));
  };
  const bool leaves = after == nullptr || (is_active(before) && !is_active(*after));
  if (!leaves) return done();
  for (const flow::RunId id : run::runs_seating(context.tx, before.id)) {
    auto kept = run::read(context.tx, id);
    if (!kept) continue;
    TENON_CHECK(FlowDriver(context).act(std::move(*kept), flow::PersonLeft{before.id}));
  }
  return done();
}

}  // namespace tenon::command
