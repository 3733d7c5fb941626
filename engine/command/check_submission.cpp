#include "engine/command/check_submission.h"

#include "engine/command/access.h"
#include "engine/command/draft.h"
#include "engine/json/members.h"

namespace tenon::command {

Result<void> check_submission(Context& context, const application::Object& object,
                              const record::Record& record) {
  TENON_TRY(auto draft, draft_of(context, object, &record, {}));
  TENON_TRY(auto verdict, judge(context, object, &record, draft));
  json::collect(verdict.problems, Error::invalid(std::move(verdict.warnings)));
  if (verdict.accepts()) return done();
  return as_told(context, object, Error::invalid(std::move(verdict.problems)));
}

}  // namespace tenon::command
