// The references of a flow. Ids of nodes and names of variables never change: they stay.
#include "engine/metadata/currency.h"
#include "engine/metadata/translate.h"

namespace tenon::metadata {
namespace {

class FlowWalk {
 public:
  FlowWalk(Flow& flow, Translator& translator, const Place& place)
      : flow_(flow), translator_(translator), place_(place) {
    object_ = translator.object(flow.object, place / "object");
  }

  void run() {
    for (std::size_t i = 0; i < flow_.triggers.size(); ++i) {
      FlowTrigger& trigger = flow_.triggers[i];
      const Place at = place_ / "triggers" / i;
      formula(trigger.when, at / "when");
      for (std::size_t j = 0; j < trigger.fields.size(); ++j) {
        translator_.field(object_, trigger.fields[j], at / "fields" / j);
      }
    }
    for (std::size_t i = 0; i < flow_.settings.lock_fields.size(); ++i) {
      translator_.field(object_, flow_.settings.lock_fields[i],
                        place_ / "settings" / "lock_fields" / i);
    }
    for (std::size_t i = 0; i < flow_.variables.size(); ++i) {
      Field& variable = flow_.variables[i];
      const Place at = place_ / "variables" / i;
      if (!variable.to.empty() && !variable.is_derived()) {
        translator_.object(variable.to, at / "to");
      }
      formula(variable.default_formula, at / "default_formula");
    }
    for (FlowNode& node : flow_.nodes) walk(node, place_ / "nodes" / node.id);
  }

 private:
  void walk(FlowNode& node, const Place& at) {
    formula(node.when, at / "when");
    for (std::size_t i = 0; i < node.branches.size(); ++i) {
      formula(node.branches[i].when, at / "branches" / i / "when");
    }
    formula(node.until, at / "until");
    formula(node.correlation, at / "correlation");
    formula(node.record, at / "record");
    if (!node.flow.empty()) translator_.flow(node.flow, at / "flow");
    if (!node.table.empty()) translator_.table(node.table, at / "table");
    settings(node, at);
    sources(node.approvers.sources,
            at / (node.kind == NodeKind::cc || node.kind == NodeKind::notify ? "to" : "approvers"));
    if (!node.due.field.empty()) {
      translator_.field(object_, node.due.field, at / "due" / "field");
    }
    formula(node.due.formula, at / "due" / "formula");
    for (std::size_t i = 0; i < node.on_due.size(); ++i) {
      sources(node.on_due[i].to, at / "on_due" / i / "to");
    }
    rights(node, at / "fields");
  }

  void settings(FlowNode& node, const Place& at) {
    std::string object = object_;
    if (!node.object.empty()) object = translator_.object(node.object, at / "object");
    const bool of_fields = node.kind == NodeKind::record;
    for (Setting& setting : node.set) {
      const Place place = at / "set" / setting.name;
      // What a decide node takes over is the name of an output.
      if (node.kind != NodeKind::decide) formula(setting.formula, place);
      if (of_fields) written_field(object, setting.name, place);
    }
    for (Setting& setting : node.match) {
      const Place place = at / "match" / setting.name;
      formula(setting.formula, place);
      written_field(object, setting.name, place);
    }
  }

  // A field, or "price.currency" of one.
  void written_field(const std::string& object, std::string& name, const Place& at) {
    const auto part = money_part(name);
    const bool of_currency = part && part->part == kCurrency;
    of_currency ? translator_.path(object, name, at) : (void)translator_.field(object, name, at);
  }

  void sources(std::vector<Source>& sources, const Place& place) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
      Source& source = sources[i];
      if (source.kind == SourceKind::role) translator_.role(source.name, place / i / "role");
      if (source.kind == SourceKind::field) {
        translator_.field(object_, source.name, place / i / "field");
      }
      if (source.kind == SourceKind::formula) formula(source.name, place / i / "formula");
    }
  }

  void rights(FlowNode& node, const Place& at) {
    std::map<std::string, FieldRight> fields;
    for (const auto& [reference, right] : node.fields) {
      std::string field = reference;
      translator_.field(object_, field, at / reference);
      fields.emplace(std::move(field), right);
    }
    node.fields = std::move(fields);
  }

  void formula(std::string& text, const Place& at) {
    if (!text.empty()) translator_.formula(object_, text, at);
  }

  Flow& flow_;
  Translator& translator_;
  Place place_;
  std::string object_;
};

}  // namespace

void translate(Flow& flow, Translator& translator, const Place& place) {
  FlowWalk(flow, translator, place).run();
}

}  // namespace tenon::metadata
