#include <algorithm>
#include <sstream>

#include "engine/command/fill.h"
#include "engine/command/filler.h"
#include "engine/command/numbering.h"

namespace tenon::command {
namespace {

using application::Object;

constexpr int kChunk = 100;  // Each goes through a draft: together some milliseconds.

// Where the job stands. Pass 0 gives numbers, the others work out.
struct Position {
  std::int64_t version = 0;  // Of the application: another publish begins anew.
  int pass = 0;
  std::size_t place = 0;  // In the objects of the pass.
  RecordId after;
  bool moved = false;  // Something changed in this pass.

  std::string text() const {
    std::ostringstream out;
    out << version << ' ' << pass << ' ' << place << ' ' << after.value << ' ' << moved;
    return out.str();
  }
  static Position parse(const std::string& text) {
    Position position;
    std::istringstream in(text);
    in >> position.version >> position.pass >> position.place >> position.after.value >>
        position.moved;
    return position;
  }
};

job::Step goes_on(Context& context, const Position& position, std::int64_t done) {
  auto progress = *record::building_progress(context.tx);
  progress.done = std::min(done, progress.total);
  record::set_building_progress(context.tx, progress);
  return job::GoesOn{position.text(), progress.done, progress.total};
}

Result<void> number_chunk(Context& context, const Stale& stale, Position& position) {
  const auto all = numberings(context.app, stale);
  if (position.place < all.size()) {
    TENON_TRY(const auto last, number_some(context, all[position.place], position.after, kChunk));
    if (!last) ++position.place;
    position.after = last.value_or(RecordId{});
  } else {
    position = {.version = position.version, .pass = 1};
  }
  return done();
}

Result<int> work_out_some(Context& context, Filler& filler, const Object& object,
                          Position& position) {
  const auto ids = record::ids_after(context.tx, object.table, position.after, kChunk);
  for (const RecordId id : ids) {
    TENON_TRY(const bool moved, filler.work_out(object, id));
    position.moved = position.moved || moved;
    position.after = id;
  }
  return static_cast<int>(ids.size());
}

}  // namespace

Result<job::Step> fill_fields(Context& context, const JobRun& run) {
  const Stale stale(record::building_fields(context.tx));
  if (stale.empty()) return job::Step(job::Finished{});
  auto position = Position::parse(run.job.position);
  const bool is_anew = position.version != context.app.version();
  if (is_anew) position = {.version = context.app.version()};
  std::int64_t done = is_anew ? 0 : run.job.done;
  if (position.pass == 0) {
    TENON_CHECK(number_chunk(context, stale, position));
    return goes_on(context, position, done);
  }
  Filler filler(context, stale);
  const auto objects = filler.objects(true);
  if (position.place < objects.size()) {
    TENON_TRY(const int worked, work_out_some(context, filler, *objects[position.place], position));
    if (worked < kChunk) {
      ++position.place;
      position.after = {};
    }
    return goes_on(context, position, done + worked);
  }
  if (position.moved) {
    if (position.pass == kFillPassesMax) throw Fault("derived fields do not settle");
    return goes_on(context, {position.version, position.pass + 1, 0, {}, false}, done);
  }
  record::set_building_fields(context.tx, {}, 0);
  return job::Step(job::Finished{});
}

}  // namespace tenon::command
