#include "tests/bench/routing.h"

#include "engine/json/writer.h"

namespace tenon::bench {
namespace {

constexpr std::string_view kSizes[] = {"< 1000", "[1000..5000)", "[5000..20000)", "[20000..100000)",
                                       ">= 100000"};
constexpr std::string_view kAmounts[] = {"800.00", "4200.00", "12000.00", "45000.00", "250000.00"};
constexpr std::string_view kStrategies[] = {"round_robin", "least_loaded", "weighted", "capacity"};
constexpr std::size_t kTeams = 20;
constexpr int kOpenOf = 10;

std::string region(std::size_t number) { return "region" + std::to_string(number); }
std::string team(std::size_t number) { return "Team " + std::to_string(number); }
std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

void write_column(json::Writer& writer, std::string_view name) {
  writer.begin_object().key("name").text(name).key("formula").text(name).end_object();
}

void write_output(json::Writer& writer, std::string_view name) {
  writer.begin_object().key("name").text(name).key("label").text(name);
  writer.key("type").text("text").end_object();
}

void write_row(json::Writer& writer, std::size_t row) {
  writer.begin_object().key("when").begin_object();
  writer.key("region").text(quoted(region(row / std::size(kSizes))));
  writer.key("amount").text(kSizes[row % std::size(kSizes)]).end_object();
  writer.key("then").begin_object().key("team").text(quoted(team(row % kTeams)));
  writer.key("strategy").text(quoted(kStrategies[row / kTeams % std::size(kStrategies)]));
  writer.end_object().end_object();
}

}  // namespace

std::string request_routing() {
  json::Writer writer;
  writer.begin_object().key("name").text("request_routing").key("label").text("Who gets it");
  writer.key("object").text("request").key("hit").text("first").key("inputs").begin_array();
  write_column(writer, "region");
  write_column(writer, "amount");
  writer.end_array().key("outputs").begin_array();
  write_output(writer, "team");
  write_output(writer, "strategy");
  writer.end_array().key("rows").begin_array();
  for (std::size_t row = 0; row < kRegions * std::size(kSizes); ++row) write_row(writer, row);
  writer.end_array().end_object();
  return writer.take();
}

void make_teams(cli::Door& door, const std::vector<std::string>& people) {
  std::vector<std::string> teams;
  for (std::size_t number = 0; number < kTeams; ++number) {
    json::Writer writer;
    writer.begin_object().key("name").text(team(number)).end_object();
    teams.push_back(member_text(answer_of(door, "/api/v1/records/team", writer.take()), "id"));
  }
  for (std::size_t number = 0; number < people.size(); ++number) {
    json::Writer writer;
    writer.begin_object().key("team").text(teams[number % kTeams]);
    writer.key("user").text(people[number]);
    writer.key("weight").integer(static_cast<std::int64_t>(1 + number % 3)).end_object();
    answer_of(door, "/api/v1/records/team_member", writer.take());
  }
}

std::string request_json(std::uint64_t number, const std::string& owner) {
  json::Writer writer;
  writer.begin_object().key("subject").text("A request that somebody has sent");
  writer.key("company")
      .text("A company of some size")
      .key("region")
      .text(region(number % kRegions));
  writer.key("amount").text(kAmounts[number / kRegions % std::size(kAmounts)]);
  const bool is_open = owner.empty() && number % kOpenOf == 0;
  writer.key("state").text(is_open ? "open" : "done");
  writer.key("due_on").text("2026-12-24");
  writer.key("note").text("A note that says in a sentence or two what they would like to have.");
  if (!owner.empty()) writer.key("owner").text(owner);
  writer.end_object();
  return writer.take();
}

json::Document answer_of(cli::Door& door, const std::string& target, const std::string& body) {
  const cli::Reply reply = door.call(http::Method::post, target, body);
  if (!reply.is_success()) throw Fault(target + ": " + reply.body);
  return json::Document::parse(reply.body).take();
}

std::string member_text(const json::Document& document, std::string_view name) {
  return std::string(*document.root().member(name)->text());
}

}  // namespace tenon::bench
