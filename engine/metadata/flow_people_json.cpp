// Reads and writes who is asked at a node, how their votes count and what happens when time is up.
#include "engine/base/limits.h"
#include "engine/metadata/flow_json.h"
#include "engine/metadata/flow_words.h"

namespace tenon::metadata {

using namespace flow_words;

namespace {

void read_levels(json::Reader reader, Source& source, Problems& problems) {
  const auto level = reader.integer();
  if (level && *level >= 1 && *level <= limits::kManagerLevelsMax) {
    source.from = source.to = static_cast<int>(*level);
    return;
  }
  if (reader.kind() != json::Kind::object) {
    problems.push_back(
        reader.problem("type", R"(must be a level from 1 to 20, or {"from": 1, "to": 3})"));
    return;
  }
  json::Members levels(reader, problems);
  source.from = small_integer(levels, "from", 1, 1, limits::kManagerLevelsMax);
  source.to = small_integer(levels, "to", source.from, source.from, limits::kManagerLevelsMax);
  source.vacancy = static_cast<Vacancy>(one_of(levels, "vacancy", kVacancy));
  levels.finish();
}

void read_source(json::Reader member, Source& source, Problems& problems) {
  switch (source.kind) {
    case SourceKind::users:
      source.users = texts(member, problems);
      if (source.users.empty()) problems.push_back(member.problem("required", "names logins"));
      return;
    case SourceKind::managers:
    case SourceKind::department_head: return read_levels(member, source, problems);
    case SourceKind::initiator:
    case SourceKind::chosen: {
      const auto truth = member.boolean();
      if (!truth || !*truth) problems.push_back(member.problem("type", "must be true"));
      return;
    }
    case SourceKind::role:
    case SourceKind::position:
    case SourceKind::field:
    case SourceKind::previous:
    case SourceKind::formula: {
      auto text = member.text();
      if (!text) return json::collect(problems, std::move(text.error()));
      source.name = std::string(*text);
      if (source.name.empty()) problems.push_back(member.problem("required", "names it"));
      return;
    }
  }
}

void write_sources(json::Writer& writer, std::string_view name,
                   const std::vector<Source>& sources) {
  write_list(writer, name, sources);
}

}  // namespace

Source parse(json::Reader reader, json::To<Source>, Problems& problems) {
  json::Members members(reader, problems);
  Source source;
  int found = 0;
  for (const Offered<SourceKind>& row : source_kinds()) {
    const auto member = members.optional(row.name);
    if (!member) continue;
    ++found;
    if (!row.kind) {
      problems.push_back(member->problem("not_offered_yet",
                                         "\"" + std::string(row.name) + "\" is not offered yet"));
      continue;
    }
    source.kind = *row.kind;
    read_source(*member, source, problems);
  }
  if (source.kind == SourceKind::role || source.kind == SourceKind::position) {
    source.in_department = members.boolean("in_department").value_or(false);
  }
  if (found != 1 && reader.kind() == json::Kind::object) {
    problems.push_back(reader.problem("source", "must say exactly one source of people"));
  }
  members.finish();
  return source;
}

void write(json::Writer& writer, const Source& source) {
  writer.begin_object().key(name_of(source.kind));
  switch (source.kind) {
    case SourceKind::users: write_list_of_texts(writer, source.users); break;
    case SourceKind::managers:
    case SourceKind::department_head:
      if (source.from == source.to && source.vacancy == Vacancy::skip) {
        writer.integer(source.from);
      } else {
        writer.begin_object().key("from").integer(source.from).key("to").integer(source.to);
        if (source.vacancy != Vacancy::skip) {
          writer.key("vacancy").text(word(kVacancy, source.vacancy));
        }
        writer.end_object();
      }
      break;
    case SourceKind::initiator:
    case SourceKind::chosen: writer.boolean(true); break;
    case SourceKind::role:
    case SourceKind::position:
    case SourceKind::field:
    case SourceKind::previous:
    case SourceKind::formula: writer.text(source.name); break;
  }
  if (source.in_department) writer.key("in_department").boolean(true);
  writer.end_object();
}

OnDue parse(json::Reader reader, json::To<OnDue>, Problems& problems) {
  json::Members members(reader, problems);
  OnDue action;
  members.required("do");
  action.action = static_cast<DueAction>(one_of(members, "do", kDueActions));
  action.every = members.text("every").value_or("");
  action.most = small_integer(members, "most", 1, 1, limits::kRemindersMax);
  action.to = list_of<Source>(members, "to");
  action.node = members.text("node").value_or("");
  members.finish();
  return action;
}

namespace {

void read_voting(json::Members& members, Voting& voting) {
  const auto reader = members.optional("voting");
  if (!reader) return;
  json::Members own(*reader, members.problems());
  voting.mode = static_cast<VoteMode>(one_of(own, "mode", kModes));
  voting.need = small_integer(own, "need", 0, 1, 1'000'000);
  voting.wait_all = own.boolean("wait_all").value_or(false);
  voting.any_reject = static_cast<AnyReject>(one_of(own, "any_reject", kAnyReject));
  if (const auto weights = own.optional("weights");
      weights && weights->kind() == json::Kind::object) {
    json::Members each(*weights, members.problems());
    for (const json::Reader weight : *weights) {
      voting.weights[std::string(weight.name())] =
          small_integer(each, weight.name(), 1, 0, 1'000'000);
    }
  }
  own.finish();
}

void read_due(json::Members& members, FlowNode& node) {
  if (const auto reader = members.optional("due")) {
    json::Members own(*reader, members.problems());
    node.due.after = own.text("after").value_or("");
    node.due.working = own.boolean("working").value_or(false);
    node.due.field = own.text("field").value_or("");
    node.due.formula = own.text("formula").value_or("");
    own.finish();
  }
  node.on_due = list_of<OnDue>(members, "on_due");
}

void read_rights(json::Members& members, FlowNode& node) {
  const auto reader = members.optional("fields");
  if (!reader) return;
  json::Members own(*reader, members.problems());
  if (reader->kind() != json::Kind::object) return;
  for (const json::Reader field : *reader) {
    node.fields[std::string(field.name())] =
        static_cast<FieldRight>(one_of(own, field.name(), kRights));
  }
}

void read_approvers(json::Members& members, Approvers& approvers) {
  approvers.initiator = static_cast<InitiatorPolicy>(one_of(members, "if_initiator", kInitiator));
  approvers.repeat = static_cast<RepeatPolicy>(one_of(members, "if_repeated", kRepeat));
  approvers.empty = static_cast<EmptyPolicy>(one_of(members, "if_empty", kEmpty));
  approvers.empty_user = members.text("empty_user").value_or("");
}

void read_reject(json::Members& members, FlowNode& node) {
  node.on_reject.action = static_cast<RejectAction>(one_of(members, "on_reject", kRejects));
  node.on_reject.node = members.text("reject_to").value_or("");
  node.comment_required = members.boolean("comment_required").value_or(false);
}

}  // namespace

void read_people(json::Members& members, FlowNode& node) {
  const std::string_view who = is_human(node.kind) ? "approvers" : "to";
  members.required(who);
  node.approvers.sources = list_of<Source>(members, who);
  if (!is_human(node.kind)) {
    node.message = optional_label(members, "message");
    return;
  }
  read_approvers(members, node.approvers);
  if (node.kind == NodeKind::approve) {
    read_voting(members, node.voting);
    read_reject(members, node);
  }
  read_due(members, node);
  read_rights(members, node);
}

namespace {

void write_voting(json::Writer& writer, const Voting& voting) {
  if (voting == Voting{}) return;
  writer.key("voting").begin_object();
  writer.key("mode").text(word(kModes, voting.mode));
  if (voting.need != 0) writer.key("need").integer(voting.need);
  if (voting.wait_all) writer.key("wait_all").boolean(true);
  if (voting.any_reject != AnyReject::first) {
    writer.key("any_reject").text(word(kAnyReject, voting.any_reject));
  }
  if (!voting.weights.empty()) {
    writer.key("weights").begin_object();
    for (const auto& [login, weight] : voting.weights) writer.key(login).integer(weight);
    writer.end_object();
  }
  writer.end_object();
}

void write_due(json::Writer& writer, const FlowNode& node) {
  if (node.due.is_set()) {
    writer.key("due").begin_object();
    write_text(writer, "after", node.due.after);
    if (node.due.working) writer.key("working").boolean(true);
    write_text(writer, "field", node.due.field);
    write_text(writer, "formula", node.due.formula);
    writer.end_object();
  }
  if (node.on_due.empty()) return;
  writer.key("on_due").begin_array();
  for (const OnDue& action : node.on_due) {
    writer.begin_object();
    writer.key("do").text(word(kDueActions, action.action));
    write_text(writer, "every", action.every);
    if (action.most != 1) writer.key("most").integer(action.most);
    write_sources(writer, "to", action.to);
    write_text(writer, "node", action.node);
    writer.end_object();
  }
  writer.end_array();
}

void write_policies(json::Writer& writer, const Approvers& approvers) {
  const Approvers usual;
  if (approvers.initiator != usual.initiator) {
    writer.key("if_initiator").text(word(kInitiator, approvers.initiator));
  }
  if (approvers.repeat != usual.repeat) {
    writer.key("if_repeated").text(word(kRepeat, approvers.repeat));
  }
  if (approvers.empty != usual.empty) writer.key("if_empty").text(word(kEmpty, approvers.empty));
  write_text(writer, "empty_user", approvers.empty_user);
}

}  // namespace

void write_people(json::Writer& writer, const FlowNode& node) {
  write_sources(writer, is_human(node.kind) ? "approvers" : "to", node.approvers.sources);
  write_label(writer, "message", node.message);
  write_policies(writer, node.approvers);
  write_voting(writer, node.voting);
  if (node.on_reject.action != RejectAction::end) {
    writer.key("on_reject").text(word(kRejects, node.on_reject.action));
  }
  write_text(writer, "reject_to", node.on_reject.node);
  if (node.comment_required) writer.key("comment_required").boolean(true);
  write_due(writer, node);
  if (node.fields.empty()) return;
  writer.key("fields").begin_object();
  for (const auto& [field, right] : node.fields) writer.key(field).text(word(kRights, right));
  writer.end_object();
}

}  // namespace tenon::metadata
