#include "tests/runtime/api/claims_office.h"

#include <stdexcept>

#include "runtime/cli/bundle_folder.h"
#include "runtime/cli/door.h"
#include "runtime/cli/sample.h"

namespace tenon::api::test {
namespace {

constexpr std::string_view kPassword = "an office password";

const char* const kClaim = R"json({
  "name": "claim", "label": {"en": "Claim", "zh-CN": "报销单"},
  "label_plural": {"en": "Claims", "zh-CN": "报销单"}, "title_field": "title",
  "fields": [
    {"name": "title", "label": {"en": "Title", "zh-CN": "标题"}, "type": "text", "required": true},
    {"name": "amount", "label": {"en": "Amount", "zh-CN": "金额"}, "type": "money"},
    {"name": "granted", "label": {"en": "Granted", "zh-CN": "核准"}, "type": "money"},
    {"name": "secret", "label": {"en": "Secret", "zh-CN": "机密"}, "type": "text"},
    {"name": "number", "label": {"en": "Number", "zh-CN": "编号"}, "type": "auto_number",
     "pattern": "C-{0000}"}]})json";

std::string role(const std::string& name, const std::string& grants, const std::string& rest = "") {
  return R"({"name": ")" + name + R"(", "label": ")" + name + R"(", "objects": {)" + grants + "}" +
         rest + "}";
}

std::string asks(const std::string& id, const std::string& people, const std::string& rest = "") {
  return "\"" + id + R"(": {"kind": "approve", "label": {"en": "Step )" + id +
         R"(", "zh-CN": "步骤 )" + id + R"("}, "approvers": [{"users": [)" + people + "]}]" +
         (rest.empty() ? "" : ", " + rest) + "}";
}

std::string flow(const std::string& name, const std::string& start, const std::string& nodes) {
  return R"({"name": ")" + name + R"(", "label": {"en": "Flow )" + name + R"(", "zh-CN": "流程 )" +
         name + R"("}, "kind": "approval", "object": "claim", "triggers": [{"kind": "form"}],)" +
         R"("start": ")" + start + R"(", "nodes": {)" + nodes + "}}";
}

metadata::Files bundle() {
  return {
      {"bundle.json", R"({"format": 1, "name": "claims", "version": "1",
                          "label": {"en": "Claims", "zh-CN": "报销"},
                          "locales": ["en", "zh-CN"]})"},
      {"objects/claim.json", kClaim},
      {"roles/clerk.json",
       role("clerk",
            R"("claim": {"read": "all", "create": true, "update": "all", "delete": "all"})")},
      {"roles/boss.json",
       role("boss", R"("claim": {"read": "all", "fields": {"secret": "none"}})")},
      {"roles/guest.json", role("guest", "")},
      {"roles/keeper.json",
       role("keeper", R"("claim": {"read": "all"})", R"(, "flow_admin": true)")},
      {"flows/sign.json",
       flow("sign", "first",
            asks("first", R"("bob")",
                 R"("fields": {"granted": "write"}, "comment_required": true, "next": "second")") +
                "," + asks("second", R"("eve")"))},
      {"flows/single.json", flow("single", "only", asks("only", R"("bob")"))},
      {"flows/many.json", flow("many", "only", asks("only", R"("pat")"))},
      {"flows/either.json",
       flow("either", "only", asks("only", R"("bob", "cid")", R"("voting": {"mode": "any"})"))},
      {"flows/both.json", flow("both", "only", asks("only", R"("bob", "cid")"))},
      {"flows/circle.json",
       R"({"name": "circle", "label": {"en": "Flow circle", "zh-CN": "流程 circle"},
           "kind": "automation", "object": "claim",
           "triggers": [{"kind": "form"}, {"kind": "call"}], "start": "again",
           "nodes": {"again": {"kind": "subflow", "label": {"en": "Again", "zh-CN": "再次"},
                               "flow": "circle"}}})"},
      {"flows/outside.json",
       flow("outside", "only", asks("only", R"("gus")", R"("fields": {"title": "read"})"))},
  };
}

}  // namespace

ClaimsOffice::ClaimsOffice() {
  const std::string files = folder_.file("bundle");
  const std::string data = folder_.file("data");
  cli::write_files(files, bundle());
  host_ =
      std::make_unique<server::Host>(server::HostOptions{data, "", false, server::ClockKind::real});
  cli::begin(*cli::door_of(*host_), data, files, false);
  http::Limits limits;
  limits.tick = std::chrono::milliseconds(10);
  listener_ = std::make_unique<Listener>(*host_, limits);
  add("bob", "boss");
  add("ann", "clerk", R"(, "manager": ")" + who("bob") + "\"");
  add("cid", "boss", R"(, "locale": "zh-CN")");
  add("eve", "boss");
  add("pat", "boss");
  add("gus", "guest");
  add("hal", "keeper");
}

ClaimsOffice::~ClaimsOffice() {
  host_->close_streams();
  signed_in_.clear();
  listener_.reset();
}

void ClaimsOffice::add(const std::string& login, const std::string& role, const std::string& more) {
  const auto door = cli::door_of(*host_);
  const auto sent = [&](const std::string& target, const std::string& body) {
    const auto reply = door->call(http::Method::post, "/api/v1" + target, body);
    if (!reply.is_success()) throw std::runtime_error(target + ": " + reply.body);
    return reply.body;
  };
  const auto made =
      json::Document::parse(sent("/records/user", R"({"login": ")" + login + R"(", "name": "The )" +
                                                      login + "\"" + more + "}"));
  const std::string id(*made->root().at("id").text());
  people_[login] = id;
  sent("/records/role_assignment", R"({"user": ")" + id + R"(", "role": ")" + role + "\"}");
  sent("/users/" + id + "/password", R"({"password": ")" + std::string(kPassword) + "\"}");
}

std::unique_ptr<Person> ClaimsOffice::another(const std::string& login) {
  auto person = std::make_unique<Person>(port(), names_);
  const Answer answer = person->sign_in(login, std::string(kPassword));
  if (answer.status != 200) throw std::runtime_error(login + ": " + answer.body);
  return person;
}

Person& ClaimsOffice::person(const std::string& login) {
  auto& person = signed_in_[login];
  if (!person) person = another(login);
  return *person;
}

std::string ClaimsOffice::claim(const std::string& title, const std::string& amount) {
  return person("ann").create(
      "claim", R"({"title": ")" + title + R"(", "amount": ")" + amount + R"(", "secret": "x"})");
}

Answer ClaimsOffice::start(const std::string& flow, const std::string& claim,
                           const std::string& more, const HeaderList& headers) {
  return person("ann").post("/flows/" + flow + "/start",
                            R"({"record": ")" + claim + "\"" + more + "}", headers);
}

std::string ClaimsOffice::begin(const std::string& flow, const std::string& title) {
  const Answer begun = start(flow, claim(title));
  if (begun.status != 201) throw std::runtime_error(begun.body);
  return begun.text("id");
}

std::string ClaimsOffice::task(const std::string& run, const std::string& login) {
  const Answer found = person("hal").get("/runs/" + run);
  for (std::size_t i = 0; i < found.size("seats"); ++i) {
    const std::string seat = "seats/" + std::to_string(i) + "/";
    const bool is_helped = found.text(seat + "helper") != "null";
    const std::string keeper = found.text(seat + (is_helped ? "helper/id" : "holder/id"));
    if (found.text(seat + "state") == "open" && keeper == who(login)) {
      return found.text(seat + "task");
    }
  }
  return "";
}

Answer ClaimsOffice::act(const std::string& login, const std::string& task, const std::string& act,
                         const std::string& body) {
  return person(login).post("/tasks/" + task + "/" + act, body);
}

std::string ClaimsOffice::asks(const std::string& id, const std::string& people,
                               const std::string& rest) {
  return test::asks(id, people, rest);
}

std::string ClaimsOffice::publish(const std::string& name, const std::string& start,
                                  const std::string& nodes) {
  changed_["flows/" + name + ".json"] = flow(name, start, nodes);
  metadata::Files files = bundle();
  for (const auto& [path, text] : changed_) files[path] = text;
  json::Writer writer;
  writer.begin_object().key("files").begin_object();
  for (const auto& [path, text] : files) writer.key(path).text(text);
  writer.end_object().end_object();
  const auto reply =
      cli::door_of(*host_)->call(http::Method::post, "/api/v1/design/publish", writer.take());
  if (!reply.is_success()) throw std::runtime_error(reply.body);
  return reply.body;
}

std::map<std::string, std::string> ClaimsOffice::tables() {
  std::map<std::string, std::string> texts;
  host_->read([&](storage::Transaction& tx) {
    std::vector<std::string> names;
    tx.statement("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .each([&](const storage::Row& row) { names.push_back(row.text(0)); });
    for (const std::string& name : names) {
      std::string& text = texts[name];
      tx.statement("SELECT * FROM \"" + name + "\"").each([&](const storage::Row& row) {
        for (int i = 0; i < row.size(); ++i) text += row.text(i) + "|";
        text += "\n";
      });
    }
  });
  return texts;
}

ClaimsOffice& claims_office() {
  static ClaimsOffice office;
  return office;
}

}  // namespace tenon::api::test
