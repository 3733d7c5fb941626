#include "engine/metadata/bundle.h"

#include "engine/json/layout.h"
#include "engine/metadata/bundle_files.h"
#include "engine/metadata/check.h"
#include "engine/metadata/checks.h"
#include "engine/metadata/definition_json.h"
#include "engine/metadata/draft.h"
#include "engine/metadata/resolve.h"

namespace tenon::metadata {
namespace {

// The one way in: load() and check() cannot differ in what they find.
Bundle read_and_check(Draft& draft, const Bundle* required) {
  Bundle whole = resolve(draft, required);
  type_derived(draft, whole);
  check_header(draft, required);
  check_objects(draft, whole);
  check_sources(draft, whole);
  check_rules(draft, whole);
  check_roles(draft, whole);
  check_views(draft, whole);
  check_pages(draft, whole);
  check_reports(draft, whole);
  check_tables(draft, whole);
  check_assignments(draft, whole);
  check_pools(draft, whole);
  check_duplicates(draft, whole);
  check_flows(draft, whole);
  check_imports(draft, whole);
  check_stories(draft, whole);
  check_labels(draft);
  return whole;
}

template <class Definition>
std::string text_of(const Definition& definition) {
  json::Writer writer;
  write(writer, definition);
  const auto document = json::Document::parse(writer.take());
  if (!document) throw Fault("a definition that was written cannot be read");
  return json::folded(document->root());
}

// What this bundle brings to the object.
Object own_part(const Object& object, const std::string& bundle) {
  if (object.bundle == bundle) return object;
  Object part{.id = object.id, .name = object.name, .bundle = bundle, .extend = true};
  for (const Field& field : object.fields) {
    if (field.bundle == bundle) part.fields.push_back(field);
  }
  return part;
}

template <class Definition>
void write_all(Files& files, std::string_view folder, const std::vector<Definition>& all,
               const Bundle& bundle) {
  ToNames to_names(bundle);
  for (const Definition& definition : all) {
    if (definition.bundle != bundle.name) continue;
    Definition named = definition;
    translate(named, to_names, {});
    files[std::string(folder) + "/" + named.name + ".json"] = text_of(named);
  }
}

}  // namespace

Result<Bundle> load(const Files& files, const Bundle* required) {
  Draft draft = read_draft(files);
  Bundle whole = read_and_check(draft, required);
  if (draft.findings.problems.empty()) return whole;
  return Error::invalid(in_order(draft).problems);
}

Findings check(const Files& files, const Bundle* required) {
  Draft draft = read_draft(files);
  read_and_check(draft, required);
  return in_order(draft);
}

void add(Findings& findings, const Files& files, Findings more) {
  Draft draft = read_draft(files);
  draft.findings = std::move(more);
  Findings placed = in_order(draft);
  for (Problem& problem : placed.problems) findings.problems.push_back(std::move(problem));
  for (Problem& warning : placed.warnings) findings.warnings.push_back(std::move(warning));
}

Files write(const Bundle& bundle) {
  Files files;
  files["bundle.json"] = text_of(bundle);
  std::vector<Object> objects;
  for (const Object& object : bundle.objects) {
    const bool own = object.bundle == bundle.name || object.extend;
    if (!own) continue;
    objects.push_back(own_part(object, bundle.name));
  }
  write_all(files, "objects", objects, bundle);
  write_all(files, "rules", bundle.rules, bundle);
  write_all(files, "roles", bundle.roles, bundle);
  write_all(files, "views", bundle.views, bundle);
  write_all(files, "pages", bundle.pages, bundle);
  write_all(files, "forms", bundle.forms, bundle);
  write_all(files, "menus", bundle.menus, bundle);
  write_all(files, "reports", bundle.reports, bundle);
  write_all(files, "tables", bundle.tables, bundle);
  write_all(files, "duplicates", bundle.duplicates, bundle);
  write_all(files, "flows", bundle.flows, bundle);
  return files;
}

const Bundle& system_bundle() {
  static const Bundle kBundle = [] {
    auto loaded = load(system_files(), nullptr);
    if (!loaded) throw Fault("the embedded bundle: " + describe(loaded.error()));
    return loaded.take();
  }();
  return kBundle;
}

}  // namespace tenon::metadata
