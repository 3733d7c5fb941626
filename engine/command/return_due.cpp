#include "engine/command/return_due.h"

#include "engine/command/events.h"
#include "engine/command/hands.h"
#include "engine/command/ownership.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"

namespace tenon::command {
namespace {

using application::Object;

constexpr int kChunk = 16;  // Each goes through the write path: some milliseconds.
constexpr int kReckonChunk = 100;
constexpr std::string_view kReturnDue = "return_due";
constexpr std::string_view kReturnOne = "return_one";
constexpr std::string_view kReckon = "reckon_tenures";
constexpr std::string_view kKey = "pools";

void add_job(Context& context, std::string_view kind, std::string key, std::string input,
             std::int64_t due_ms) {
  job::NewJob job;
  job.kind = kind;
  job.lane = job::Lane::timers;
  job.key = std::move(key);
  job.input = std::move(input);
  job.due_ms = due_ms;
  job::add(context.tx, {context.ids.next()}, job, context.clock.now_ms());
}

std::string input_of(const record::DueRecord& due) {
  json::Writer writer;
  writer.begin_object().key("object").text(due.object);
  return writer.key("record").text(text_of(due.record)).end_object().take();
}

// Takes it back, if it is still due by what is known now.
Result<void> take_back(Context& context, const record::DueRecord& due) {
  const Object* object = context.app.find_id(due.object);
  const auto before = object == nullptr || object->pools.empty()
                          ? std::nullopt
                          : record::read(context.tx, object->table, due.record);
  auto tenure = record::read_tenure(context.tx, due.object, due.record);
  if (!before || !tenure) {
    record::remove_tenure(context.tx, due.object, due.record);
    return done();
  }
  reckon_due(context, *object, *before, *tenure);
  if (!tenure->due || tenure->due->ms > context.clock.now_ms()) {
    keep_tenure(context, *object, due.record, *tenure);
    return done();
  }
  return return_by_itself(context, *object, *before, tenure->due_rule);
}

// One record that is refused must not hold up the others: it waits for a job of its own.
void take_back_or_defer(Context& context, const record::DueRecord& due) {
  context.tx.script("SAVEPOINT return_one");
  Changes changes;
  Context own{context.app, context.actor, context.tx, context.clock, context.ids, changes};
  const auto outcome = take_back(own, due);
  if (outcome) {
    append_events(own, CommandId{context.ids.next()});
    context.changes.note_part(changes);
    context.tx.script("RELEASE return_one");
    return;
  }
  context.tx.script("ROLLBACK TO return_one; RELEASE return_one");
  auto tenure = record::read_tenure(context.tx, due.object, due.record);
  tenure->due.reset();
  record::keep_tenure(context.tx, due.object, due.record, *tenure);
  add_job(context, kReturnOne, due.object + "/" + text_of(due.record), input_of(due),
          context.clock.now_ms());
}

}  // namespace

void schedule_return(Context& context, DateTime due) {
  job::hasten(context.tx, kReturnDue, kKey, due.ms);
  add_job(context, kReturnDue, std::string(kKey), "{}", due.ms);
}

Result<job::Step> return_due(Context& context, const JobRun& run) {
  const DateTime now{context.clock.now_ms()};
  const auto due = record::due_records(context.tx, now, kChunk);
  for (const record::DueRecord& one : due) take_back_or_defer(context, one);
  if (due.size() == kChunk) return job::Step(job::GoesOn{"", run.job.done + kChunk, 0});
  const auto next = record::next_due(context.tx);
  if (next) return job::Step(job::Repeats{next->ms});
  return job::Step(job::Finished{});
}

Result<job::Step> return_one(Context& context, const JobRun& run) {
  const auto document = json::Document::parse(run.job.input);
  if (!document) throw Fault("the input of a job is no JSON");
  const auto id = parse_id_text(*document->root().at("record").text());
  if (!id) throw Fault("the input of a job names no record");
  TENON_CHECK(
      take_back(context, {std::string(*document->root().at("object").text()), RecordId{*id}}));
  return job::Step(job::Finished{});
}

void schedule_reckoning(Context& context) {
  add_job(context, kReckon, std::string(kKey), "{}", context.clock.now_ms());
}

// Position: the object's place and the last record.
Result<job::Step> reckon_tenures(Context& context, const JobRun& run) {
  std::size_t place = 0;
  RecordId above;
  if (const auto slash = run.job.position.find('/'); slash != std::string::npos) {
    place = std::stoul(run.job.position.substr(0, slash));
    TENON_TRY(above.value, parse_id_text(run.job.position.substr(slash + 1)));
  }
  const auto& objects = context.app.objects();
  while (place < objects.size() && objects[place].pools.empty()) {
    ++place;
    above = {};
  }
  if (place >= objects.size()) return job::Step(job::Finished{});
  const Object& object = objects[place];
  const DateTime later{context.clock.now_ms() + 1};
  const auto ids = record::made_before(context.tx, object.table, above, later, kReckonChunk);
  for (const RecordId id : ids) {
    const auto record = record::read(context.tx, object.table, id);
    if (record) keep_hands(context, object, &*record, &*record, std::nullopt);
  }
  const bool is_end = ids.size() < kReckonChunk;
  const RecordId last = is_end ? RecordId{} : ids.back();
  const std::string next = std::to_string(place + (is_end ? 1 : 0)) + "/" + text_of(last);
  return job::Step(job::GoesOn{next, run.job.done + static_cast<std::int64_t>(ids.size()), 0});
}

}  // namespace tenon::command
