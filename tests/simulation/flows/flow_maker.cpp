#include "tests/simulation/flows/flow_maker.h"

#include "tests/support/claims.h"

namespace tenon::simulation {
namespace {

constexpr int kDepthMax = 2;   // Of parallel nodes in each other.
constexpr int kNodesMax = 14;  // So that runs come to an end.

// High claims are in no row.
const std::string kLimits = R"json({"name": "limits", "label": "Limits", "object": "claim",
    "inputs": [{"name": "amount", "formula": "amount"}],
    "outputs": [{"name": "limit", "label": "Limit", "type": "integer"}],
    "hit": "first", "rows": [{"when": {"amount": "< 300"}, "then": {"limit": "1"}},
    {"when": {"amount": "< 900"}, "then": {"limit": "2"}}]})json";

const std::vector<std::string> kLogins = {"ann", "bob", "cid", "eve", "fay", "fin", "gus"};

class FlowMaker {
 public:
  FlowMaker(Chance& chance, bool is_called) : chance_(chance), is_called_(is_called) {}

  std::string file(const std::string& name) {
    const bool is_approval = is_called_ ? chance_.one_in(2) : !chance_.one_in(4);
    const std::string start = body(0, "", 2 + chance_.below(3));
    std::string text = R"({"name": ")" + name + R"(", "label": "F", "object": "claim", "kind": )";
    text += is_approval ? R"("approval")" : R"("automation")";
    text += R"(, "triggers": [{"kind": ")" + std::string(is_called_ ? "call" : "form") + "\"}]";
    text += R"(, "settings": )" + settings();
    text += R"(, "variables": [{"name": "n", "label": "N", "type": "integer"}])";
    return text + R"(, "start": ")" + start + R"(", "nodes": {)" + nodes_ + "}}";
  }

 private:
  std::string settings() {
    static const std::vector<std::string> kLocks = {
        R"("lock": "all")", R"("lock": "none")", R"("lock": "fields", "lock_fields": ["amount"])"};
    static const std::vector<std::string> kWithdraws = {"before_first_decision", "never",
                                                        "anytime"};
    return "{" + chance_.any(kLocks) + R"(, "withdraw": ")" + chance_.any(kWithdraws) + "\"" +
           (chance_.one_in(3) ? R"(, "run_as": "initiator")" : "") + "}";
  }

  std::string new_id() { return "n" + std::to_string(++made_); }

  // So many nodes, one after the other, then `next`; answers the first.
  std::string body(int depth, const std::string& next, int count) {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i) ids.push_back(new_id());
    const std::vector<std::string> before = returnable_;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      node(ids[i], i + 1 < ids.size() ? ids[i + 1] : next, depth);
    }
    // From outside there is no way into a branch.
    if (depth > 0) returnable_ = before;
    return ids.front();
  }

  void node(const std::string& id, const std::string& next, int depth) {
    const bool is_full = made_ >= kNodesMax;
    switch (chance_.below(is_full ? 9 : 17)) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4: return asks(id, next);
      case 5: return add(id, "wait", next, R"(, "duration": ")" + duration() + "\"");
      case 6: return writes(id, next);
      case 7: return add(id, "assign", next, R"(, "set": {"n": "COALESCE($flow.n, 0) + 1"})");
      case 8: return add(id, "decide", next, R"(, "table": "limits", "set": {"n": "limit"})");
      case 9:
      case 10:
      case 11: return depth < kDepthMax ? forks(id, next, depth) : asks(id, next);
      case 12: return branches(id, next, depth);
      case 13: return calls(id, next);
      case 14: return tells(id, next);
      case 15: return add(id, "wait", next, R"(, "event": "go")");
      default: return ends(id, next, depth);
    }
  }

  void add(const std::string& id, const std::string& kind, const std::string& next,
           const std::string& rest) {
    nodes_ += (nodes_.empty() ? "\"" : ", \"") + id + R"(": {"kind": ")" + kind + "\"" + rest;
    if (!next.empty()) nodes_ += R"(, "next": ")" + next + "\"";
    if (kind != "end" && chance_.one_in(12)) nodes_ += R"(, "when": "amount < 500")";
    nodes_ += "}";
  }

  void asks(const std::string& id, const std::string& next) {
    const bool is_task = chance_.one_in(4);
    std::string rest = R"(, "approvers": [)" + sources() + "]" + policies();
    if (!is_task) rest += voting() + on_reject();
    if (chance_.one_in(2)) rest += due(is_task);
    if (chance_.one_in(3)) rest += R"(, "fields": {"granted": "write"})";
    add(id, is_task ? "task" : "approve", next, rest);
    returnable_.push_back(id);
  }

  std::string sources() {
    std::string text;
    for (int i = chance_.below(3); i >= 0; --i) text += (text.empty() ? "" : ", ") + source();
    return text;
  }
  std::string source() {
    switch (chance_.below(9)) {
      case 0: return R"({"role": "finance"})";
      case 1: return R"({"managers": {"from": 1, "to": 2}})";
      case 2: return R"({"department_head": 1})";
      case 3: return R"({"initiator": true})";
      case 4: return R"({"field": "keeper"})";
      default:
        return R"({"users": [")" + chance_.any(kLogins) + R"(", ")" + chance_.any(kLogins) + "\"]}";
    }
  }

  std::string policies() {
    static const std::vector<std::string> kInitiator = {"self", "skip", "manager",
                                                        "department_head"};
    static const std::vector<std::string> kRepeated = {"none", "consecutive", "all"};
    static const std::vector<std::string> kEmpty = {R"("flow_admin")", R"("auto_pass")",
                                                    R"("auto_reject")", R"("incident")",
                                                    R"("user", "empty_user": "eve")"};
    return R"(, "if_initiator": ")" + chance_.any(kInitiator) + R"(", "if_repeated": ")" +
           chance_.any(kRepeated) + R"(", "if_empty": )" + chance_.any(kEmpty);
  }

  std::string voting() {
    static const std::vector<std::string> kVoting = {
        R"({"mode": "all"})",
        R"({"mode": "all", "wait_all": true})",
        R"({"mode": "any"})",
        R"({"mode": "any", "any_reject": "all"})",
        R"({"mode": "sequence"})",
        R"({"mode": "ratio", "need": 60})",
        R"({"mode": "count", "need": 2})",
        R"({"mode": "weight", "need": 3, "weights": {"bob": 2, "eve": 0}})"};
    return R"(, "voting": )" + chance_.any(kVoting);
  }

  std::string on_reject() {
    switch (chance_.below(5)) {
      case 0: return R"(, "on_reject": "to_start")";
      case 1: return R"(, "on_reject": "to_previous")";
      case 2:
        if (returnable_.empty()) return "";
        return R"(, "on_reject": "to_node", "reject_to": ")" + chance_.any(returnable_) + "\"";
      default: return "";
    }
  }

  std::string duration() {
    static const std::vector<std::string> kDurations = {"PT10M", "PT1H", "PT5H", "P1D"};
    return chance_.any(kDurations);
  }

  std::string due(bool is_task) {
    std::string text = R"(, "due": {"after": ")" + duration() + R"("}, "on_due": [)";
    if (chance_.one_in(2)) text += R"({"do": "remind", "every": "PT1H", "most": 3}, )";
    switch (chance_.below(is_task ? 4 : 6)) {
      case 0: text += R"({"do": "escalate", "to": [{"managers": 1}]})"; break;
      case 1: text += R"({"do": "transfer", "to": [{"users": ["gus"]}]})"; break;
      case 2:
        if (!returnable_.empty()) {
          text += R"({"do": "go_to", "node": ")" + chance_.any(returnable_) + "\"}";
          break;
        }
        [[fallthrough]];
      case 3: text += R"({"do": "remind"})"; break;
      case 4: text += R"({"do": "reject"})"; break;
      default: text += R"({"do": "approve"})"; break;
    }
    return text + "]";
  }

  void writes(const std::string& id, const std::string& next) {
    static const std::vector<std::string> kWrites = {
        R"(, "verb": "update", "set": {"granted": "amount / 2"})",
        R"(, "verb": "update", "set": {"state": "\"seen\""})",
        // Refused where the amount is high: an incident.
        R"json(, "verb": "update", "set": {"title": "IF(amount > 700, null, title)"})json"};
    add(id, "record", next, chance_.any(kWrites));
  }

  void forks(const std::string& id, const std::string& next, int depth) {
    std::string list;
    const int count = 2 + chance_.below(2);
    for (int i = 0; i < count; ++i) {
      list += (i == 0 ? R"({"name": "b)" : R"(, {"name": "b)") + std::to_string(i) + "\"";
      if (chance_.one_in(6)) list += R"(, "when": "amount < 300")";
      if (!chance_.one_in(8)) {
        list += R"(, "next": ")" + body(depth + 1, "", 1 + chance_.below(2)) + "\"";
      }
      list += "}";
    }
    add(id, "parallel", next,
        std::string(chance_.one_in(2) ? R"(, "mode": "any")" : "") +
            (chance_.one_in(2) ? R"(, "reopen_branch": true)" : "") + R"(, "branches": [)" + list +
            "]");
  }

  // Both ways meet again behind it.
  void branches(const std::string& id, const std::string& next, int depth) {
    const std::vector<std::string> before = returnable_;
    const std::string way = body_of_one(next, depth);
    returnable_ = before;
    std::string rest =
        R"(, "branches": [{"name": "high", "when": "amount > 400", "next": ")" + way + "\"}]";
    // Without another way it is an incident where nothing holds.
    if (!chance_.one_in(5)) rest += R"(, "else": ")" + body_of_one(next, depth) + "\"";
    returnable_ = before;
    nodes_ += (nodes_.empty() ? "\"" : ", \"") + id + R"(": {"kind": "condition")" + rest + "}";
  }
  std::string body_of_one(const std::string& next, int depth) {
    const std::string id = new_id();
    if (depth < kDepthMax && chance_.one_in(4)) {
      forks(id, next, depth);
    } else {
      asks(id, next);
    }
    return id;
  }

  void calls(const std::string& id, const std::string& next) {
    if (is_called_) return asks(id, next);
    add(id, "subflow", next, R"(, "flow": "called")");
  }

  void tells(const std::string& id, const std::string& next) {
    add(id, chance_.one_in(2) ? "cc" : "notify", next,
        R"(, "to": [)" + sources() + R"(], "message": "See")");
  }

  void ends(const std::string& id, const std::string& next, int depth) {
    if (!next.empty() || depth == 0) return asks(id, next);
    add(id, "end", "", chance_.one_in(2) ? R"(, "result": "rejected")" : "");
  }

  Chance& chance_;
  bool is_called_;
  int made_ = 0;
  std::string nodes_;
  std::vector<std::string> returnable_;  // Where people were asked before, on this way.
};

}  // namespace

metadata::Files flows_by_chance(Chance& chance) {
  metadata::Files files = support::claims("");
  files.erase("flows/sign.json");
  files["flows/called.json"] = FlowMaker(chance, true).file("called");
  files["tables/limits.json"] = kLimits;
  for (int i = 0; i < kFlows; ++i) {
    const std::string name = "flow_" + std::to_string(i);
    files["flows/" + name + ".json"] = FlowMaker(chance, false).file(name);
  }
  return files;
}

}  // namespace tenon::simulation
