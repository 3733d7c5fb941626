// Formulas of a bundle: their types, in the order in which they depend on each other.
#include "engine/metadata/checks.h"

namespace tenon::metadata {
namespace {

struct Node {
  std::string object;
  std::string field;
  Place place;
  std::vector<std::size_t> needs;  // Nodes it refers to.
  bool typed = false;
  bool broken = false;
};

Field& field_of(Bundle& whole, const Node& node) {
  auto& objects = whole.objects;
  const auto object = std::find_if(objects.begin(), objects.end(),
                                   [&](const Object& other) { return other.id == node.object; });
  return *std::find_if(object->fields.begin(), object->fields.end(),
                       [&](const Field& other) { return other.id == node.field; });
}

std::vector<Node> formula_fields(const Draft& draft) {
  std::vector<Node> nodes;
  for (const Object& object : draft.own.objects) {
    for (std::size_t i = 0; i < object.fields.size(); ++i) {
      const Field& field = object.fields[i];
      if (!field.is_formula() || field.formula.empty()) continue;
      nodes.push_back({.object = object.id,
                       .field = field.id,
                       .place = draft.field_place(object, i) / "formula",
                       .needs = {}});
      nodes.back().broken = draft.broken_formulas.contains(nodes.back().place.text());
    }
  }
  return nodes;
}

// rewrite() asks about each name of a formula: that is how its dependencies are found.
void find_needs(std::vector<Node>& nodes, Bundle& whole) {
  std::map<std::pair<std::string, std::string>, std::size_t> index;
  for (std::size_t i = 0; i < nodes.size(); ++i) index[{nodes[i].object, nodes[i].field}] = i;
  const BundleNames names(whole);
  for (Node& node : nodes) {
    if (node.broken) continue;
    const auto note = [&](const std::string& object, const std::string& field) {
      const auto found = index.find({object, field});
      if (found != index.end()) node.needs.push_back(found->second);
      return std::optional<std::string>();
    };
    const auto seen = formula::rewrite(field_of(whole, node).formula, node.object, names, note);
    if (!seen) node.broken = true;
  }
}

void type_one(Draft& draft, Bundle& whole, std::vector<Node>& nodes, Node& node) {
  node.typed = true;
  for (const std::size_t need : node.needs) node.broken = node.broken || nodes[need].broken;
  if (node.broken) {
    draft.broken_formulas.insert(node.place.text());
    return;
  }
  const auto type = type_formula(draft, whole, node.object, node.place, std::nullopt);
  node.broken = !type;
  if (!type) return;
  Field& field = field_of(whole, node);
  field.result = type->kind;
  field.to = type->object;
}

std::string full_name(const Bundle& whole, const Node& node) {
  const Object* object = whole.find_id(node.object);
  return object->name + "." + object->find_id(node.field)->name;
}

// From an untyped node one always comes to another untyped one, and at last to one seen before.
void report_cycle(Draft& draft, const Bundle& whole, std::vector<Node>& nodes, std::size_t start) {
  std::vector<std::size_t> way;
  std::size_t at = start;
  while (std::find(way.begin(), way.end(), at) == way.end()) {
    way.push_back(at);
    for (const std::size_t need : nodes[at].needs) {
      if (!nodes[need].typed) {
        at = need;
        break;
      }
    }
  }
  way.erase(way.begin(), std::find(way.begin(), way.end(), at));
  std::string text;
  for (const std::size_t node : way) text += full_name(whole, nodes[node]) + " → ";
  draft.problem(nodes[at].place, "formula.cycle",
                "the formula needs its own result: " + text + full_name(whole, nodes[at]));
  for (const std::size_t node : way) nodes[node].broken = true;
}

}  // namespace

void type_formulas(Draft& draft, Bundle& whole) {
  std::vector<Node> nodes = formula_fields(draft);
  find_needs(nodes, whole);
  const auto ready = [&](const Node& node) {
    return std::all_of(node.needs.begin(), node.needs.end(),
                       [&](std::size_t need) { return nodes[need].typed; });
  };
  for (std::size_t left = nodes.size(); left > 0;) {
    const std::size_t left_before = left;
    for (Node& node : nodes) {
      if (node.typed || !ready(node)) continue;
      type_one(draft, whole, nodes, node);
      --left;
    }
    if (left != left_before) continue;
    const auto stuck =
        std::find_if(nodes.begin(), nodes.end(), [](const Node& node) { return !node.typed; });
    report_cycle(draft, whole, nodes, static_cast<std::size_t>(stuck - nodes.begin()));
    for (Node& node : nodes) {
      if (node.typed || !node.broken) continue;
      node.typed = true;
      draft.broken_formulas.insert(node.place.text());
      --left;
    }
  }
}

namespace {

// What was said about a field's formula is not said again where the field is used.
bool names_untyped_field(const Bundle& whole, const std::string& object, const std::string& text) {
  bool found = false;
  const auto look = [&](const std::string& of, const std::string& id) {
    const Field* field = whole.find_id(of)->find_id(id);
    found = found || (field != nullptr && field->is_formula() && !field->result);
    return std::optional<std::string>();
  };
  const auto seen = formula::rewrite(text, object, BundleNames(whole, BundleNames::By::name), look);
  return !seen || found;
}

}  // namespace

std::optional<formula::Type> type_formula(Draft& draft, const Bundle& whole,
                                          const std::string& object, const Place& place,
                                          std::optional<Kind> wanted) {
  const std::string at = place.text();
  const auto text = draft.formulas.find(at);
  if (text == draft.formulas.end() || draft.broken_formulas.contains(at)) return std::nullopt;
  if (names_untyped_field(whole, object, text->second)) return std::nullopt;
  const BundleNames names(whole, BundleNames::By::name);
  formula::Needs needs;
  auto compiled = wanted ? formula::compile_as(*wanted, text->second, object, names, needs)
                         : formula::compile(text->second, object, names, needs);
  if (compiled) return compiled->type();
  draft.broken_formulas.insert(at);
  for (Problem& problem : compiled.error().problems) {
    draft.problem(place, std::move(problem.rule), "at " + problem.at + ": " + problem.message);
  }
  return std::nullopt;
}

std::optional<PathEnd> follow(const Bundle& whole, const std::string& object,
                              std::string_view path) {
  if (path.starts_with('-')) path.remove_prefix(1);
  const BundleNames names(whole);
  std::string at = object;
  while (true) {
    const std::size_t dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    const auto member = names.member(at, step);
    if (!member) return std::nullopt;
    if (dot == std::string_view::npos) {
      const Object* of = whole.find_id(at);
      return PathEnd{.field = of->find_id(step), .type = member->type};
    }
    at = member->type.object;
    path.remove_prefix(dot + 1);
  }
}

bool is_ordered(const Field& field) { return type_of(field).format->ordered; }

bool is_ordered(const PathEnd& end) { return end.field == nullptr || is_ordered(*end.field); }

}  // namespace tenon::metadata
