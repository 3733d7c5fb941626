// Derived fields: their types, in the order in which they are made of each other; circles.
#include "engine/metadata/checks.h"
#include "engine/metadata/derived.h"
#include "engine/metadata/many.h"
#include "engine/metadata/stored_fields.h"

namespace tenon::metadata {
namespace {

using From = Reading::From;

struct Edge {
  std::size_t node;
  From from;
};

struct Node {
  std::string object;
  std::string field;
  Place place;
  std::vector<Edge> needs;  // Nodes it reads.
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

std::string_view member_of(const Field& field) {
  return field.is_formula() ? "formula" : field.is_rollup() ? "of" : "path";
}

bool is_written(const Field& field) {
  return !(field.is_formula() ? field.formula : field.is_rollup() ? field.of : field.path).empty();
}

std::vector<Node> derived_fields(const Draft& draft) {
  std::vector<Node> nodes;
  for (const Object& object : draft.own.objects) {
    for (std::size_t i = 0; i < object.fields.size(); ++i) {
      const Field& field = object.fields[i];
      if (!field.is_derived() || !is_written(field)) continue;
      nodes.push_back({.object = object.id,
                       .field = field.id,
                       .place = draft.field_place(object, i) / member_of(field),
                       .needs = {}});
      nodes.back().broken = draft.broken_formulas.contains(nodes.back().place.text());
    }
  }
  return nodes;
}

void find_needs(std::vector<Node>& nodes, Bundle& whole) {
  std::map<std::pair<std::string, std::string>, std::size_t> index;
  for (std::size_t i = 0; i < nodes.size(); ++i) index[{nodes[i].object, nodes[i].field}] = i;
  for (Node& node : nodes) {
    if (node.broken) continue;
    for (const Reading& reading :
         readings_of(whole, *whole.find_id(node.object), field_of(whole, node))) {
      const auto found = index.find({reading.object, reading.field});
      if (found != index.end()) node.needs.push_back({found->second, reading.from});
    }
  }
}

Outcome outcome_of(const Field& field) {
  const Type type = type_of(field);
  Outcome outcome{std::string(type.format->name), type.scale, field.currency, field.options};
  return field.outcome ? *field.outcome : outcome;
}

// A lookup is of the type of what its path ends at.
bool type_lookup(Draft& draft, const Bundle& whole, Node& node, Field& field) {
  const auto end = follow(whole, node.object, field.path);
  if (!end) return false;
  if (end->type.unit == formula::kSeveral) {
    draft.problem(node.place, "lookup",
                  "\"" + end->field->name +
                      "\" is an amount in one of several currencies: take its \"amount\" and its "
                      "\"currency\", each by a lookup of its own");
    return false;
  }
  if (end->field == nullptr) {
    field.outcome = Outcome{std::string(format_of(end->type.kind).name), 0, "", {}};
  } else if (end->field->has_currencies()) {
    field.outcome = Outcome{"decimal", type_of(*end->field).scale, "", {}};
  } else {
    field.outcome = outcome_of(*end->field);
  }
  field.to = end->type.object;
  return true;
}

const Field* source_of(const Bundle& whole, const Node& node, const Field& field) {
  const auto [many_id, field_id] = many_path(field.of);
  const auto many = find_many(whole, node.object, many_id, BundleNames::By::id);
  return many && !field_id.empty() ? many->rows->find_id(field_id) : nullptr;
}

// Counts are whole, sums have the digits of what is summed, averages two more.
bool type_rollup(Draft& draft, const Bundle& whole, Node& node, Field& field) {
  if (field.function == Aggregate::count) {
    field.outcome = Outcome{"integer", 0, "", {}};
    return true;
  }
  const Field* source = source_of(whole, node, field);
  if (source == nullptr) {
    if (field.of.find('.') != std::string::npos) return false;  // Said before.
    draft.problem(node.place, "rollup", "this function needs a field: \"lines.amount\"");
    return false;
  }
  if (source->has_currencies()) {
    draft.problem(node.place, "rollup",
                  "\"" + source->name +
                      "\" holds amounts in several currencies, of which only a count can be kept; "
                      "add a formula field with EXCHANGE over the rows, or keep the amount in one "
                      "currency beside it by a rule");
    return false;
  }
  const bool adds = field.function == Aggregate::sum || field.function == Aggregate::average;
  // A sum of what is itself made of this sum, one level below, is a number all the same.
  const bool untyped = source->is_derived() && !source->result;
  if (untyped ? !adds : adds && type_of(*source).kind() != Kind::number) {
    draft.problem(node.place, "rollup",
                  untyped ? "over lines of its own kind only counts, sums and averages are computed"
                          : "only numbers have sums and averages");
    return false;
  }
  Outcome outcome = untyped ? Outcome{"decimal", source->scale.value_or(2), source->currency, {}}
                            : outcome_of(*source);
  if (adds && outcome.format == "integer" && field.function == Aggregate::average) {
    outcome.format = "decimal";
  }
  if (field.function == Aggregate::average) outcome.scale = std::min(9, outcome.scale + 2);
  if (outcome.format == "duration") {  // Whole seconds, a mean of them too.
    field.outcome = std::move(outcome);
    field.outcome->scale = 0;
    return true;
  }
  if (outcome.format == "integer" && field.scale.value_or(0) > 0) outcome.format = "decimal";
  outcome.scale = field.scale.value_or(outcome.scale);
  if (!field.currency.empty()) outcome.currency = field.currency;
  field.outcome = std::move(outcome);
  field.to = source->is_derived() || source->held_by.empty() ? source->to : "";
  return true;
}

bool type_whole(Draft& draft, Bundle& whole, Node& node, Field& field) {
  if (field.is_formula()) {
    const auto formula =
        type_formula(draft, whole, node.object, node.place, std::nullopt, Asked::of_tables);
    if (!formula) return false;
    field.result = formula->type().kind;
    field.to = formula->type().object;
    if (formula->type().unit == formula::kDuration) {
      field.outcome = Outcome{"duration", 0, "", {}};
    }
    field.meant = formula->type().unit.currency();
    return true;
  }
  const bool typed = field.is_rollup() ? type_rollup(draft, whole, node, field)
                                       : type_lookup(draft, whole, node, field);
  if (typed) field.result = find_format(field.outcome->format)->kind;
  return typed;
}

void type_one(Draft& draft, Bundle& whole, std::vector<Node>& nodes, Node& node) {
  node.typed = true;
  for (const Edge& need : node.needs) {
    if (need.from != From::below) node.broken = node.broken || nodes[need.node].broken;
  }
  node.broken = node.broken || !type_whole(draft, whole, node, field_of(whole, node));
  if (node.broken) draft.broken_formulas.insert(node.place.text());
}

std::string full_name(const Bundle& whole, const Node& node) {
  const Object* object = whole.find_id(node.object);
  return object->name + "." + object->find_id(node.field)->name;
}

void report(Draft& draft, const Bundle& whole, std::vector<Node>& nodes,
            const std::vector<std::size_t>& way) {
  std::string text;
  for (const std::size_t node : way) text += full_name(whole, nodes[node]) + " → ";
  const Node& first = nodes[way[0]];
  const bool formula = whole.find_id(first.object)->find_id(first.field)->is_formula();
  draft.problem(nodes[way[0]].place, formula ? "formula.cycle" : "cycle",
                "the " + std::string(formula ? "formula" : "field") +
                    " needs its own result: " + text + full_name(whole, nodes[way[0]]));
  for (const std::size_t node : way) nodes[node].broken = true;
}

// From an untyped node one always comes to another untyped one, and at last to one seen before.
std::vector<std::size_t> cycle_from(const std::vector<Node>& nodes, std::size_t at) {
  std::vector<std::size_t> way;
  while (std::find(way.begin(), way.end(), at) == way.end()) {
    way.push_back(at);
    for (const Edge& need : nodes[at].needs) {
      if (need.from == From::below || nodes[need.node].typed) continue;
      at = need.node;
      break;
    }
  }
  way.erase(way.begin(), std::find(way.begin(), way.end(), at));
  return way;
}

void type_in_order(Draft& draft, Bundle& whole, std::vector<Node>& nodes) {
  const auto ready = [&](const Node& node) {
    return std::all_of(node.needs.begin(), node.needs.end(), [&](const Edge& need) {
      return need.from == From::below || nodes[need.node].typed;
    });
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
    report(draft, whole, nodes, cycle_from(nodes, static_cast<std::size_t>(stuck - nodes.begin())));
    for (Node& node : nodes) {
      if (node.typed || !node.broken) continue;
      node.typed = true;
      draft.broken_formulas.insert(node.place.text());
      --left;
    }
  }
}

// The way from one node to another, both among it; empty where there is none.
std::vector<std::size_t> way_between(const std::vector<Node>& nodes, std::size_t from,
                                     std::size_t to) {
  std::vector<std::size_t> came_from(nodes.size(), nodes.size());
  std::vector<std::size_t> waiting{from};
  came_from[from] = from;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    for (const Edge& need : nodes[waiting[i]].needs) {
      if (came_from[need.node] != nodes.size()) continue;
      came_from[need.node] = waiting[i];
      waiting.push_back(need.node);
    }
  }
  if (came_from[to] == nodes.size()) return {};
  std::vector<std::size_t> way{to};
  while (way.back() != from) way.push_back(came_from[way.back()]);
  std::reverse(way.begin(), way.end());
  return way;
}

// A field may be made of itself one level of lines below, for lines end. Not so where the way leads
// through another record: that may lead back up.
void refuse_endless(Draft& draft, const Bundle& whole, std::vector<Node>& nodes) {
  for (std::size_t at = 0; at < nodes.size(); ++at) {
    for (const Edge& need : nodes[at].needs) {
      if (need.from != From::others || nodes[at].broken || nodes[need.node].broken) continue;
      const auto way = way_between(nodes, need.node, at);
      if (!way.empty()) report(draft, whole, nodes, way);
    }
  }
}

}  // namespace

void type_derived(Draft& draft, Bundle& whole) {
  std::vector<Node> nodes = derived_fields(draft);
  find_needs(nodes, whole);
  type_in_order(draft, whole, nodes);
  refuse_endless(draft, whole, nodes);
}

namespace {

struct SourceCheck {
  Draft& draft;
  const Bundle& whole;
  const StoredFields& stored;

  void kept(const Object& object, std::string_view field_id, const Place& place,
            const std::string& what) {
    const Field* field = object.find_id(field_id);
    if (field == nullptr || stored.contains(object, *field)) return;
    if (field->is_derived() && !field->result) return;  // Said before.
    draft.problem(place, "computed_on_read",
                  "\"" + field->name + "\" is computed when it is read, so no " + what +
                      " can be kept of it" + advice(object, *field));
  }

  // A formula over rows could be kept if it were a rollup.
  std::string advice(const Object& object, const Field& field) const {
    if (!field.is_formula()) return "";
    formula::Needs needs;
    const auto formula = formula::compile(field.formula, object.id, BundleNames(whole), needs);
    const bool over_rows = formula && !formula->many().empty();
    return over_rows ? "; what it takes from its rows can be a rollup, which is kept" : "";
  }

  void rollup(const Object& object, const Field& field, const Place& at) {
    const auto [many_id, field_id] = many_path(field.of);
    const auto many = find_many(whole, object.id, many_id, BundleNames::By::id);
    if (!many) return;
    kept(*many->rows, field_id, at / "of", "rollup");
    if (field.filter.empty()) return;
    const auto filter =
        type_formula(draft, whole, many->rows->id, at / "filter", Kind::boolean, Asked::of_tables);
    if (filter && !filter->many().empty()) {
      draft.problem(at / "filter", "rollup", "a filter looks at the row's own fields only");
      return;
    }
    if (filter && filter->is_live()) {
      draft.problem(at / "filter", "rollup",
                    "a filter may not depend on who asks or when, nor look anything up: what was "
                    "counted is kept");
      return;
    }
    for (const Reading& reading : readings_of(whole, object, field)) {
      if (reading.object == many->rows->id) {
        kept(*many->rows, reading.field, at / "filter", "rollup");
      } else {
        draft.problem(at / "filter", "rollup", "a filter looks at the row's own fields only");
      }
    }
  }

  void lookup(const Object& object, const Field& field, const Place& at) {
    const auto readings = readings_of(whole, object, field);
    if (readings.size() < 2) {
      draft.problem(at / "path", "lookup", "a lookup follows a reference: \"customer.level\"");
      return;
    }
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const Object* here = whole.find_id(readings[i].object);
      kept(*here, readings[i].field, at / "path", "lookup");
      const Field* step = here->find_id(readings[i].field);
      if (i + 1 == readings.size() || step == nullptr) continue;
      if (!step->is_derived() && step->held_by.empty()) continue;
      draft.problem(at / "path", "lookup",
                    "\"" + step->name + "\" is " +
                        (step->is_derived() ? "computed" : "what holds the line") +
                        ": a lookup follows references that people write");
    }
  }
};

}  // namespace

void check_sources(Draft& draft, const Bundle& whole) {
  const StoredFields stored(whole);
  SourceCheck check{draft, whole, stored};
  for (const Object& object : draft.own.objects) {
    const Object* twin = whole.find_id(object.id);
    for (std::size_t i = 0; i < object.fields.size(); ++i) {
      const Field* field = twin->find_id(object.fields[i].id);
      if (field == nullptr || !field->result) continue;  // Not typed: said before.
      if (field->is_rollup()) check.rollup(*twin, *field, draft.field_place(object, i));
      if (field->is_lookup()) check.lookup(*twin, *field, draft.field_place(object, i));
    }
  }
}

}  // namespace tenon::metadata
