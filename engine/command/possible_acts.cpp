// What somebody may do to a run now: each act is tried on a copy of it, so nothing is said twice.
#include "engine/command/act_on_run.h"
#include "engine/command/flow_facts.h"

namespace tenon::command {
namespace {

constexpr flow::UserId kSomebody{-1};  // Whoever is asked in, and is not asked yet.

class Trying {
 public:
  Trying(Context& context, const run::Kept& kept)
      : kept_(kept),
        flow_(flow_of(context, kept)),
        gathered_(context, flow_, kept.run.initiator, kept.run.record) {
    const application::Flow* newest = context.app.find_flow(kept.run.flow);
    has_newer_ = newest != nullptr && newest->version != kept.run.version;
    by_.actor = context.actor.user;
    by_.is_admin = administers_flows(context);
    by_.comment = "-";
    people_.people[kSomebody] = {.login = "-"};
    if (!gathered_.refresh()) throw Fault("the record of a run cannot be read");
    gathered_.facts().people = &people_;
    gathered_.ask_calls(kept.run.id);
  }

  void try_act(std::string word, const flow::Event& event) {
    if (flow::step(*flow_.program, kept_.run, event, gathered_.facts())) {
      possible_.push_back(std::move(word));
    }
  }

  // Some act of these is possible.
  template <class Event>
  void try_any(const std::string& word, const std::vector<Event>& events) {
    for (const Event& event : events) {
      if (!flow::step(*flow_.program, kept_.run, event, gathered_.facts())) continue;
      possible_.push_back(word);
      return;
    }
  }

  void seat(int seat) {
    using Position = flow::Seat::Position;
    try_act("approve", flow::Approve{by_, seat});
    try_act("complete", flow::Complete{by_, seat});
    try_act("reject", flow::Reject{by_, seat});
    try_any("return", returns(seat));
    try_act("transfer", flow::Transfer{by_, seat, kSomebody});
    try_act("delegate", flow::Delegate{by_, seat, kSomebody});
    try_act("answer", flow::AnswerDelegate{by_, seat});
    try_act("add_before", flow::AddSign{by_, seat, Position::before, {kSomebody}});
    try_act("add_after", flow::AddSign{by_, seat, Position::after, {kSomebody}});
    try_act("add_parallel", flow::AddSign{by_, seat, Position::parallel, {kSomebody}});
    try_any("remove_sign", removals(seat));
    try_act("take_back", flow::TakeBack{by_, seat});
    try_act("urge", flow::Urge{by_, seat});
    try_act("comment", flow::Comment{by_});
    try_act("cc", flow::CopyTo{by_, {kSomebody}});
  }

  void run() {
    try_act("withdraw", flow::Withdraw{by_});
    try_act("urge", flow::Urge{by_});
    try_act("comment", flow::Comment{by_});
    try_act("cc", flow::CopyTo{by_, {kSomebody}});
    if (!by_.is_admin || kept_.run.state == flow::RunState::finished) return;
    try_act("suspend", flow::Suspend{by_});
    try_act("resume", flow::Resume{by_});
    try_act("void", flow::Void{by_});
    try_any("jump", jumps());
    try_any("retry", of_tokens<flow::Retry>());
    try_any("skip", of_tokens<flow::Skip>());
    try_act("variables", flow::SetVariables{by_, {}});
    try_any("reassign", reassignments());
    try_any("change_approvers", approver_changes());
    if (has_newer_) possible_.push_back("migrate");
  }

  std::vector<int> return_nodes(int seat) const {
    std::vector<int> nodes;
    for (const flow::Return& event : returns(seat)) {
      if (flow::step(*flow_.program, kept_.run, event, gathered_.facts())) {
        nodes.push_back(flow_.program->find(event.node));
      }
    }
    return nodes;
  }

  std::vector<std::string> take() { return std::move(possible_); }

 private:
  std::vector<flow::Return> returns(int seat) const {
    std::vector<flow::Return> all;
    for (const flow::ProgramNode& node : flow_.program->nodes) {
      if (node.is_human()) all.push_back({by_, seat, node.id, false});
    }
    return all;
  }

  // Of the seats at the same visit.
  std::vector<flow::RemoveSign> removals(int seat) const {
    std::vector<flow::RemoveSign> all;
    const auto& seats = kept_.run.seats;
    for (std::size_t i = 0; i < seats.size(); ++i) {
      const bool is_here = seats[i].visit == seats[static_cast<std::size_t>(seat)].visit;
      if (is_here) all.push_back({by_, static_cast<int>(i)});
    }
    return all;
  }

  std::vector<flow::Jump> jumps() const {
    std::vector<flow::Jump> all;
    for (std::size_t i = 0; i < kept_.run.tokens.size(); ++i) {
      if (!kept_.run.tokens[i].is_live()) continue;
      for (const flow::ProgramNode& node : flow_.program->nodes) {
        all.push_back({by_, static_cast<int>(i), node.id});
      }
    }
    return all;
  }

  template <class Act>
  std::vector<Act> of_tokens() const {
    std::vector<Act> all;
    for (std::size_t i = 0; i < kept_.run.tokens.size(); ++i) {
      all.push_back({by_, static_cast<int>(i)});
    }
    return all;
  }

  std::vector<flow::Reassign> reassignments() const {
    std::vector<flow::Reassign> all;
    for (std::size_t i = 0; i < kept_.run.seats.size(); ++i) {
      if (!kept_.run.seats[i].is_final()) all.push_back({by_, {static_cast<int>(i)}, kSomebody});
    }
    return all;
  }

  std::vector<flow::ChangeApprovers> approver_changes() const {
    std::vector<flow::ChangeApprovers> all;
    for (const flow::ProgramNode& node : flow_.program->nodes) {
      if (node.is_human()) all.push_back({by_, node.id, {kSomebody}});
    }
    return all;
  }

  const run::Kept& kept_;
  const application::Flow& flow_;
  FlowFacts gathered_;
  flow::Directory people_;
  flow::By by_;
  bool has_newer_ = false;  // Version of its flow.
  std::vector<std::string> possible_;
};

}  // namespace

std::vector<std::string> possible_acts(Context& context, const run::Kept& kept, int seat) {
  const bool is_known = context.app.find_flow(kept.run.flow, kept.run.version) != nullptr;
  if (!is_known) return {};  // Over, on a version of which nothing is left.
  Trying trying(context, kept);
  if (seat >= 0 && seat < static_cast<int>(kept.run.seats.size())) {
    trying.seat(seat);
  } else {
    trying.run();
  }
  return trying.take();
}

std::vector<int> possible_returns(Context& context, const run::Kept& kept, int seat) {
  if (context.app.find_flow(kept.run.flow, kept.run.version) == nullptr) return {};
  return Trying(context, kept).return_nodes(seat);
}

}  // namespace tenon::command
