#include <algorithm>
#include <sstream>

#include "engine/command/fill.h"
#include "engine/command/filler.h"
#include "engine/command/numbering.h"

namespace tenon::command {
namespace {

using application::Object;

// Each goes through a draft: together some milliseconds, or what the writer has time for.
constexpr int kChunk = 100;
constexpr int kNumbers = 20;  // Given between two looks at the time.

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

Result<void> number_chunk(Context& context, const JobRun& run, const Stale& stale,
                          Position& position) {
  const auto all = numberings(context.app, stale);
  if (position.place == all.size()) {
    position = {.version = position.version, .pass = 1};
    return done();
  }
  for (int given = 0; given < kChunk && (given == 0 || run.has_time()); given += kNumbers) {
    TENON_TRY(const auto last, number_some(context, all[position.place], position.after, kNumbers));
    position.after = last.value_or(RecordId{});
    if (last) continue;
    ++position.place;
    break;
  }
  return done();
}

struct Worked {
  int count = 0;  // At least one, where there is one.
  bool is_end = false;
};

Result<Worked> work_out_some(Context& context, const JobRun& run, Filler& filler,
                             const Object& object, Position& position) {
  const auto ids = record::ids_after(context.tx, object.table, position.after, kChunk);
  std::size_t count = 0;
  while (count < ids.size() && (count == 0 || run.has_time())) {
    const RecordId id = ids[count++];
    TENON_TRY(const bool moved, filler.work_out(object, id));
    position.moved = position.moved || moved;
    position.after = id;
  }
  return Worked{static_cast<int>(count), count == ids.size() && count < kChunk};
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
    TENON_CHECK(number_chunk(context, run, stale, position));
    return goes_on(context, position, done);
  }
  Filler filler(context, stale);
  const auto objects = filler.objects(true);
  if (position.place < objects.size()) {
    TENON_TRY(const auto worked,
              work_out_some(context, run, filler, *objects[position.place], position));
    if (worked.is_end) {
      ++position.place;
      position.after = {};
    }
    return goes_on(context, position, done + worked.count);
  }
  if (position.moved) {
    if (position.pass == kFillPassesMax) throw Fault("derived fields do not settle");
    return goes_on(context, {position.version, position.pass + 1, 0, {}, false}, done);
  }
  record::set_building_fields(context.tx, {}, 0);
  return job::Step(job::Finished{});
}

}  // namespace tenon::command
