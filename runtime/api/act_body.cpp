#include "runtime/api/act_body.h"

#include <map>

#include "engine/base/limits.h"
#include "runtime/api/flow_json.h"

namespace tenon::api {
namespace {

constexpr std::size_t kRequestIdBytesMax = 128;

// Reads one body: every act may name a request, say a comment and bring files.
class Body {
 public:
  Body(const json::Document& document, flow::RunId run)
      : members_(document.root(), problems_), run_(run) {
    if (auto comment = members_.text("comment")) by_.comment = std::move(*comment);
    if (const auto files = members_.optional("attachments")) by_.attachments = files_in(*files);
    if (const auto id = members_.optional("request_id")) read_request_id(*id);
  }

  flow::By by() const { return by_; }
  std::optional<json::Reader> optional(std::string_view name) { return members_.optional(name); }

  std::string text(std::string_view name) { return members_.required_text(name).value_or(""); }
  std::string text(std::string_view name, std::string otherwise) {
    return members_.text(name).value_or(std::move(otherwise));
  }
  bool flag(std::string_view name) { return members_.boolean(name).value_or(false); }
  std::optional<std::int64_t> integer(std::string_view name) { return members_.integer(name); }

  flow::UserId person(std::string_view name) {
    const auto reader = members_.required(name);
    return reader ? person_at(*reader, problems_) : flow::kNobody;
  }
  std::vector<flow::UserId> people(std::string_view name) {
    return people_in(members_.required(name), problems_);
  }
  int token() {
    const auto reader = members_.required("token");
    const auto value = reader ? reader->integer() : Result<std::int64_t>(std::int64_t{0});
    if (value && *value >= 0 && *value <= INT32_MAX) return static_cast<int>(*value);
    problems_.push_back(reader->problem("token", "is no number of a token"));
    return 0;
  }
  // Of this run, by a task's id.
  int seat_at(json::Reader reader) {
    const auto text = reader.text();
    const auto id = text ? parse_task_id(*text) : Result<TaskId>(Error::not_found());
    if (id && run_ == id->run) return id->place;
    problems_.push_back(reader.problem("task", "is no task of this run"));
    return 0;
  }
  int seat(std::string_view name) {
    const auto reader = members_.required(name);
    return reader ? seat_at(*reader) : 0;
  }
  std::vector<int> seats(std::string_view name) {
    std::vector<int> seats;
    const auto list = members_.required(name);
    if (!list || !list->expect(json::Kind::array)) {
      if (list) problems_.push_back(list->problem("type", "must be a list of tasks"));
      return seats;
    }
    for (const json::Reader one : *list) seats.push_back(seat_at(one));
    return seats;
  }
  void problem(json::Reader reader, std::string rule, std::string message) {
    problems_.push_back(reader.problem(std::move(rule), std::move(message)));
  }

  Result<ActBody> finish(flow::Event act) {
    members_.finish();
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    return ActBody{.act = std::move(act), .document = nullptr};
  }

  static flow::UserId person_at(json::Reader reader, std::vector<Problem>& problems) {
    const auto text = reader.text();
    const auto id = text ? parse_id_text(*text) : Result<std::int64_t>(Error::not_found());
    if (id && *id > 0) return {*id};
    problems.push_back(reader.problem("person", "is no id of a person"));
    return flow::kNobody;
  }

 private:
  std::vector<RecordId> files_in(json::Reader list) {
    std::vector<RecordId> files;
    if (!list.expect(json::Kind::array)) {
      problem(list, "type", "must be a list of ids of files");
      return files;
    }
    for (const json::Reader one : list) {
      const auto text = one.text();
      const auto id = text ? parse_id_text(*text) : Result<std::int64_t>(Error::not_found());
      if (id && *id > 0) {
        files.push_back({*id});
      } else {
        problem(one, "reference", "is no id of a file");
      }
    }
    return files;
  }
  void read_request_id(json::Reader reader) {
    const auto text = reader.text();
    if (text && !text->empty() && text->size() <= kRequestIdBytesMax) {
      by_.request_id = std::string(*text);
    } else {
      problems_.push_back(reader.problem("request_id", "must be a text of 1 to 128 bytes"));
    }
  }

  std::vector<Problem> problems_;
  json::Members members_;
  flow::RunId run_;
  flow::By by_;
};

flow::Seat::Position position_of(Body& body) {
  using Position = flow::Seat::Position;
  const std::string word = body.text("position");
  if (word == "before") return Position::before;
  if (word == "after") return Position::after;
  if (word == "parallel") return Position::parallel;
  if (const auto given = body.optional("position")) {
    body.problem(*given, "position", "is one of before, after, parallel");
  }
  return Position::own;
}

using SeatAct = flow::Event (*)(Body& body, int seat);

const std::map<std::string_view, SeatAct>& seat_acts() {
  static const std::map<std::string_view, SeatAct> acts{
      {"approve",
       [](Body& body, int seat) -> flow::Event {
         return flow::Approve{body.by(), seat};
       }},
      {"complete",
       [](Body& body, int seat) -> flow::Event {
         return flow::Complete{body.by(), seat};
       }},
      {"reject",
       [](Body& body, int seat) -> flow::Event {
         return flow::Reject{body.by(), seat};
       }},
      {"return",
       [](Body& body, int seat) -> flow::Event {
         return flow::Return{body.by(), seat, body.text("node"), body.flag("direct")};
       }},
      {"transfer",
       [](Body& body, int seat) -> flow::Event {
         return flow::Transfer{body.by(), seat, body.person("to")};
       }},
      {"delegate",
       [](Body& body, int seat) -> flow::Event {
         return flow::Delegate{body.by(), seat, body.person("to")};
       }},
      {"answer",
       [](Body& body, int seat) -> flow::Event {
         return flow::AnswerDelegate{body.by(), seat};
       }},
      {"add_sign",
       [](Body& body, int seat) -> flow::Event {
         return flow::AddSign{body.by(), seat, position_of(body), body.people("people")};
       }},
      {"remove_sign",
       [](Body& body, int) -> flow::Event {
         return flow::RemoveSign{body.by(), body.seat("seat")};
       }},
      {"take_back",
       [](Body& body, int seat) -> flow::Event {
         return flow::TakeBack{body.by(), seat};
       }},
      {"urge",
       [](Body& body, int seat) -> flow::Event {
         return flow::Urge{body.by(), seat};
       }},
      {"comment", [](Body& body, int) -> flow::Event { return flow::Comment{body.by()}; }},
      {"cc",
       [](Body& body, int) -> flow::Event {
         return flow::CopyTo{body.by(), body.people("people")};
       }},
  };
  return acts;
}

using RunAct = flow::Event (*)(Body& body);

const std::map<std::string_view, RunAct>& run_acts() {
  static const std::map<std::string_view, RunAct> acts{
      {"withdraw", [](Body& body) -> flow::Event { return flow::Withdraw{body.by()}; }},
      {"suspend", [](Body& body) -> flow::Event { return flow::Suspend{body.by()}; }},
      {"resume", [](Body& body) -> flow::Event { return flow::Resume{body.by()}; }},
      {"void", [](Body& body) -> flow::Event { return flow::Void{body.by()}; }},
      {"jump",
       [](Body& body) -> flow::Event {
         return flow::Jump{body.by(), body.token(), body.text("node")};
       }},
      {"retry",
       [](Body& body) -> flow::Event {
         return flow::Retry{body.by(), body.token()};
       }},
      {"skip",
       [](Body& body) -> flow::Event {
         return flow::Skip{body.by(), body.token(), body.text("port", "next")};
       }},
      {"reassign",
       [](Body& body) -> flow::Event {
         return flow::Reassign{body.by(), body.seats("seats"), body.person("to")};
       }},
      {"approvers",
       [](Body& body) -> flow::Event {
         return flow::ChangeApprovers{body.by(), body.text("node"), body.people("people")};
       }},
      {"urge", [](Body& body) -> flow::Event { return flow::Urge{body.by()}; }},
      {"comment", [](Body& body) -> flow::Event { return flow::Comment{body.by()}; }},
      {"cc",
       [](Body& body) -> flow::Event {
         return flow::CopyTo{body.by(), body.people("people")};
       }},
  };
  return acts;
}

}  // namespace

Result<ActBody> parse_task_act(std::string_view name, const Subject& task,
                               std::shared_ptr<const json::Document> document) {
  const auto act = seat_acts().find(name);
  if (act == seat_acts().end()) return Error::not_found();
  Body body(*document, task.run);
  const flow::Event event = act->second(body, task.place);
  const bool fills = name == "approve" || name == "complete";
  bool has_form = false;
  std::optional<std::int64_t> seen;
  if (fills) {
    has_form = body.optional("form").has_value();
    seen = body.integer("version");
  }
  TENON_TRY(auto parsed, body.finish(event));
  parsed.has_form = has_form;
  parsed.seen = seen;
  parsed.document = std::move(document);
  return parsed;
}

Result<ActBody> parse_run_act(std::string_view name, flow::RunId run,
                              std::shared_ptr<const json::Document> document) {
  const auto act = run_acts().find(name);
  if (act == run_acts().end()) return Error::not_found();
  Body body(*document, run);
  const flow::Event event = act->second(body);
  TENON_TRY(auto parsed, body.finish(event));
  parsed.document = std::move(document);
  return parsed;
}

std::vector<flow::UserId> people_in(const std::optional<json::Reader>& list,
                                    std::vector<Problem>& problems) {
  std::vector<flow::UserId> people;
  if (!list) return people;
  if (!list->expect(json::Kind::array)) {
    problems.push_back(list->problem("type", "must be a list of people"));
    return people;
  }
  for (const json::Reader one : *list) {
    const auto before = problems.size();
    const flow::UserId person = Body::person_at(one, problems);
    if (problems.size() == before) people.push_back(person);
  }
  return people;
}

}  // namespace tenon::api
