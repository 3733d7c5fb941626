// What a step expects of runs, beside what they have come to.
#include "engine/query/list.h"
#include "engine/story/runs.h"

namespace tenon::story {
namespace {

using metadata::StoryRuns;
using metadata::StoryStep;

constexpr int kNoticesMax = 200;

Actor the_system() { return system_actor(Surface::system, "a story"); }

void append(Lines& lines, Lines more) {
  lines.insert(lines.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

const Value& value_of(const query::Page& page, std::size_t row, std::string_view path) {
  for (std::size_t i = 0; i < page.outputs().size(); ++i) {
    if (page.outputs()[i].path.text == path) return page.rows[row][i];
  }
  throw Fault("a list has no column that was asked for");
}

query::Page notices(const query::Context& context) {
  query::ListRecords list;
  list.object = "notification";
  list.fields = {"id", "kind", "recipient"};
  list.sort = {"-id"};
  list.limit = kNoticesMax;
  auto page = query::list(context, list);
  if (!page) throw Fault("notices cannot be listed: " + describe(page.error()));
  return page.take();
}

}  // namespace

std::int64_t Runs::last_notice() {
  std::int64_t last = 0;
  world_.read(the_system(), [&](const query::Context& context) {
    const query::Page page = notices(context);
    if (!page.rows.empty()) last = std::get<RecordId>(value_of(page, 0, "id")).value;
  });
  return last;
}

// In the order they were told.
Lines Runs::notices_after(std::int64_t id) {
  Lines lines;
  world_.read(the_system(), [&](const query::Context& context) {
    const query::Page page = notices(context);
    for (std::size_t row = page.rows.size(); row-- > 0;) {
      if (std::get<RecordId>(value_of(page, row, "id")).value <= id) continue;
      const auto recipient = std::get<RecordId>(value_of(page, row, "recipient"));
      lines.push_back(std::get<std::string>(value_of(page, row, "kind")) + " " +
                      references_.name_of(recipient, "somebody"));
    }
  });
  return lines;
}

Lines Runs::open_difference(const StoryStep& step) {
  OpenSeats open;
  for (const run::Kept& kept : runs_of(step.act.flow, true)) {
    add_open({*flow_of(kept).program, kept.run, references_, {}}, open);
  }
  return difference("open", lines_of(open_of(*step.expect.runs.open)), lines_of(open));
}

Lines Runs::run_difference(const StoryStep& step) {
  const StoryRuns& expect = step.expect.runs;
  const auto kept = newest(step.act.flow);
  Lines lines;
  if (!expect.run.empty()) {
    append(lines, difference("run", {expect.run}, {kept ? state_of(kept->run) : "none"}));
  }
  Lines seats;
  Lines history;
  Lines asked;
  if (kept) {
    const Earlier earlier = earlier_of(*kept);
    const ToldRun told{*flow_of(*kept).program, kept->run, references_, earlier};
    const std::size_t from = kept->run.id == newest_before_ ? entries_before_ : 0;
    seats = seat_lines(told);
    history = history_lines(told, from);
    asked = asked_lines(told, from);
  }
  if (expect.seats) append(lines, difference("seats", *expect.seats, seats));
  if (expect.history) append(lines, difference("history", *expect.history, history));
  if (expect.asked) append(lines, difference("asked", *expect.asked, asked));
  return lines;
}

Lines Runs::differences(const StoryStep& step, const Outcome& outcome) {
  const StoryRuns& expect = step.expect.runs;
  Lines lines;
  if (expect.open) append(lines, open_difference(step));
  append(lines, run_difference(step));
  if (expect.route) {
    const application::Flow* flow = world_.app().find_flow(step.act.flow);
    Lines route;
    if (outcome.preview && flow != nullptr) {
      route = route_lines(*flow->program, *outcome.preview, references_);
    }
    append(lines, difference("route", *expect.route, route));
  }
  if (expect.jobs) append(lines, difference("jobs", *expect.jobs, world_.waiting_jobs()));
  if (expect.notified) {
    append(lines, difference("notified", *expect.notified, notices_after(notices_before_)));
  }
  return lines;
}

}  // namespace tenon::story
