#include "runtime/api/simulation_body.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/json/layout.h"
#include "engine/json/members.h"
#include "engine/json/writer.h"
#include "engine/value/duration.h"
#include "runtime/api/act_body.h"

namespace tenon::api {
namespace {

using command::ScriptedAct;

RecordId id_at(const std::optional<json::Reader>& reader, std::string_view rule,
               std::vector<Problem>& problems) {
  if (!reader) return {};
  const auto text = reader->text();
  const auto id = text ? parse_id_text(*text) : Result<std::int64_t>(Error::not_found());
  if (id) return {*id};
  problems.push_back(reader->problem(std::string(rule), "is no id"));
  return {};
}

std::optional<ScriptedAct::Kind> kind_of(std::string_view word) {
  if (word == "approve" || word == "complete") return ScriptedAct::Kind::approve;
  if (word == "reject") return ScriptedAct::Kind::reject;
  if (word == "return") return ScriptedAct::Kind::send_back;
  if (word == "wait") return ScriptedAct::Kind::stay_silent;
  return std::nullopt;
}

ScriptedAct act_at(json::Reader reader, std::vector<Problem>& problems) {
  json::Members members(reader, problems);
  ScriptedAct act;
  act.node = members.required_text("node").value_or("");
  act.person = id_at(members.optional("person"), "person", problems);
  const auto word = members.required_text("do");
  const auto kind = kind_of(word.value_or("approve"));
  if (!kind) {
    problems.push_back(
        reader.at("do").problem("do", "must be approve, complete, reject, return or wait"));
  }
  act.kind = kind.value_or(ScriptedAct::Kind::approve);
  act.to = members.text("to").value_or("");
  act.comment = members.text("comment").value_or("");
  if (act.kind == ScriptedAct::Kind::send_back && act.to.empty()) act.to = "$start";
  if (const auto after = members.text("after")) {
    const auto seconds = parse_duration(*after);
    if (!seconds || *seconds < 0) {
      problems.push_back(reader.at("after").problem("duration", "must be a duration: \"PT2H\""));
    } else {
      act.after_ms = *seconds * 1000;
    }
  }
  members.finish();
  return act;
}

std::vector<ScriptedAct> script_at(json::Reader reader, std::vector<Problem>& problems) {
  std::vector<ScriptedAct> script;
  if (!reader.expect(json::Kind::array)) {
    problems.push_back(reader.problem("type", "must be a list of what people do"));
    return script;
  }
  for (const json::Reader line : reader) {
    if (script.size() == static_cast<std::size_t>(limits::kSimulatedStepsMax)) {
      problems.push_back(reader.problem("limit", "has too many lines"));
      break;
    }
    script.push_back(act_at(line, problems));
  }
  return script;
}

bool is_name(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return text.size() <= 60 && std::all_of(text.begin(), text.end(), fits) && text.front() >= 'a';
}

class Reading {
 public:
  Reading(const json::Document& document, SimulationBody& body)
      : root_(document.root()), members_(root_, problems_), body_(body) {}

  Result<void> read() {
    what();
    who();
    how();
    members_.finish();
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    return done();
  }

 private:
  void what() {
    const auto record = members_.optional("record");
    const auto values = members_.optional("values");
    if (record.has_value() == values.has_value()) {
      problems_.push_back({"record", "required", "either a record or its values must be given"});
    }
    if (record) body_.record = id_at(record, "record", problems_);
    body_.has_variables = members_.optional("variables").has_value();
    body_.comment = members_.text("comment").value_or("");
    if (const auto definition = members_.optional("definition")) {
      json::Writer writer;
      json::copy(*definition, writer);
      body_.definition = writer.take();
    }
    body_.story = members_.text("story").value_or("");
    if (body_.story.empty() || is_name(body_.story)) return;
    problems_.push_back({"story", "name", "must be small letters, digits and \"_\""});
  }

  void who() {
    const auto who = members_.optional("who");
    if (who) body_.who = id_at(who, "person", problems_);
    if (const auto at = members_.text("at")) {
      const auto moment = parse_datetime(*at);
      if (moment) {
        body_.at = *moment;
      } else {
        problems_.push_back(root_.at("at").problem("datetime", "must be a moment, with its zone"));
      }
    }
    const auto chosen = members_.optional("chosen");
    if (!chosen) return;
    if (!chosen->expect(json::Kind::object)) {
      problems_.push_back(chosen->problem("type", "must hold lists of people by node"));
      return;
    }
    for (const json::Reader node : *chosen) {
      body_.chosen[std::string(node.name())] = people_in(node, problems_);
    }
  }

  void how() {
    if (const auto script = members_.optional("script")) {
      body_.script = script_at(*script, problems_);
    }
    const std::string others = members_.text("others").value_or("approve");
    body_.others_wait = others == "wait";
    if (others == "wait" || others == "approve") return;
    problems_.push_back({"others", "others", "must be approve or wait"});
  }

  json::Reader root_;
  std::vector<Problem> problems_;
  json::Members members_;
  SimulationBody& body_;
};

}  // namespace

Result<SimulationBody> simulation_body(const Call& call) {
  TENON_TRY(auto document, body_of(call));
  SimulationBody body;
  body.document = std::make_shared<const json::Document>(std::move(document));
  TENON_CHECK(Reading(*body.document, body).read());
  return body;
}

}  // namespace tenon::api
