#include "engine/metadata/draft.h"

#include <tuple>

#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr std::string_view kHeaderFile = "bundle.json";

// What parse() found is at paths of the file's root.
void note(Draft& draft, const std::string& file, Problems problems) {
  for (Problem& problem : problems) {
    draft.problem({file, std::move(problem.at)}, std::move(problem.rule),
                  std::move(problem.message));
  }
}

std::string_view stem_of(std::string_view file) {
  const std::size_t begin = file.rfind('/') + 1;
  return file.substr(begin, file.rfind('.') - begin);
}

template <class Definition>
Definition parse_file(Draft& draft, const std::string& file, json::Reader root) {
  Problems problems;
  auto definition = parse(root, json::To<Definition>{}, problems);
  note(draft, file, std::move(problems));
  if (!definition.name.empty() && definition.name != stem_of(file)) {
    draft.problem({file, "name"}, "file_name",
                  "the file must be named for the definition: " + definition.name + ".json");
  }
  return definition;
}

// The list with the definition in it, unless its name or id is used before.
template <class Definition>
void take(Draft& draft, std::vector<Definition>& list, std::string_view folder,
          const std::string& file, json::Reader root) {
  auto definition = parse_file<Definition>(draft, file, root);
  if (definition.name.empty()) return;
  definition.bundle = draft.own.name;
  for (const Definition& other : list) {
    const bool same_name = other.name == definition.name;
    if (!same_name && other.id != definition.id) continue;
    draft.problem({file, same_name ? "name" : "id"}, "duplicate",
                  std::string(same_name ? "the name" : "the id") + " is used before, in " +
                      draft.place(folder, other.id).file);
    return;
  }
  draft.files[std::string(folder) + "/" + definition.id] = file;
  list.push_back(std::move(definition));
}

void take_import(Draft& draft, const std::string& file, json::Reader root) {
  auto map = parse_file<ImportMap>(draft, file, root);
  if (map.name.empty()) {
    draft.problem({file, ""}, "required", "the member \"name\" is missing");
    return;
  }
  if (map.file.empty()) draft.problem({file, ""}, "required", "the member \"file\" is missing");
  draft.files["data/" + map.name] = file;
  draft.imports.push_back(std::move(map));
}

void take_story(Draft& draft, const std::string& file, json::Reader root) {
  auto story = parse_file<Story>(draft, file, root);
  if (story.name.empty()) return;
  draft.files["stories/" + story.name] = file;
  draft.stories.push_back(std::move(story));
}

void take_file(Draft& draft, const std::string& file, json::Reader root) {
  constexpr std::array<std::string_view, 13> kFolders{
      "objects", "rules",  "roles",      "views", "pages", "forms",  "menus",
      "reports", "tables", "duplicates", "flows", "data",  "stories"};
  const std::string folder = file.substr(0, file.find('/'));
  Bundle& own = draft.own;
  if (folder == "objects") return take(draft, own.objects, folder, file, root);
  if (folder == "rules") return take(draft, own.rules, folder, file, root);
  if (folder == "roles") return take(draft, own.roles, folder, file, root);
  if (folder == "views") return take(draft, own.views, folder, file, root);
  if (folder == "pages") return take(draft, own.pages, folder, file, root);
  if (folder == "forms") return take(draft, own.forms, folder, file, root);
  if (folder == "menus") return take(draft, own.menus, folder, file, root);
  if (folder == "reports") return take(draft, own.reports, folder, file, root);
  if (folder == "tables") return take(draft, own.tables, folder, file, root);
  if (folder == "duplicates") return take(draft, own.duplicates, folder, file, root);
  if (folder == "flows") return take(draft, own.flows, folder, file, root);
  if (folder == "data") return take_import(draft, file, root);
  if (folder == "stories") return take_story(draft, file, root);
  draft.problem({file, ""}, "folder",
                "there is no kind of definition for the folder \"" + folder + "\"" +
                    did_you_mean(folder, kFolders));
}

void read_header(Draft& draft) {
  const std::string file(kHeaderFile);
  const auto found = draft.documents.find(file);
  if (found == draft.documents.end()) {
    if (draft.findings.problems.empty()) {
      draft.problem({file, ""}, "required", "the file bundle.json is missing");
    }
    return;
  }
  Problems problems;
  draft.own = parse(found->second.root(), json::To<Bundle>{}, problems);
  note(draft, file, std::move(problems));
}

bool is_definition(std::string_view path) { return path.ends_with(".json"); }

bool fits_limits(Draft& draft, const Files& files) {
  std::size_t bytes = 0;
  for (const auto& [path, text] : files) bytes += is_definition(path) ? text.size() : 0;
  if (bytes <= limits::kBundleBytesMax && files.size() <= limits::kBundleFilesMax) return true;
  draft.problem({std::string(kHeaderFile), ""}, "limit",
                "a bundle has at most 10,000 files and 64 MB of definitions");
  return false;
}

int line_at(json::Reader reader, std::string_view path) {
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view step = path.substr(0, slash);
    std::optional<json::Reader> next;
    if (reader.kind() == json::Kind::object) next = reader.member(step);
    if (reader.kind() == json::Kind::array) {
      std::size_t index = 0;
      for (const json::Reader item : reader) {
        if (std::to_string(index++) == step) next = item;
      }
    }
    if (!next) break;
    reader = *next;
    path = slash == std::string_view::npos ? "" : path.substr(slash + 1);
  }
  return reader.line();
}

struct Located {
  std::string file;
  int line;
  Problem problem;
};

std::vector<Problem> located(const Draft& draft, std::vector<Problem> problems) {
  std::vector<Located> all;
  for (Problem& problem : problems) {
    const std::size_t colon = problem.at.find(": ");
    const std::string file = problem.at.substr(0, colon);
    const auto document = draft.documents.find(file);
    int line = 0;
    if (document != draft.documents.end()) {
      const auto path = colon == std::string::npos ? "" : problem.at.substr(colon + 2);
      line = line_at(document->second.root(), path);
      problem.message = "line " + std::to_string(line) + ": " + problem.message;
    }
    all.push_back({file, line, std::move(problem)});
  }
  std::stable_sort(all.begin(), all.end(), [](const Located& a, const Located& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  std::vector<Problem> sorted;
  for (Located& one : all) sorted.push_back(std::move(one.problem));
  return sorted;
}

template <class Definition>
void sort_by_id(std::vector<Definition>& list) {
  std::sort(list.begin(), list.end(),
            [](const Definition& a, const Definition& b) { return a.id < b.id; });
}

template <class Definition>
std::vector<Definition> joined(const std::vector<Definition>* required,
                               const std::vector<Definition>& own) {
  std::vector<Definition> all = required != nullptr ? *required : std::vector<Definition>{};
  all.insert(all.end(), own.begin(), own.end());
  sort_by_id(all);
  return all;
}

std::vector<Object> compose_objects(const Bundle* required, const Bundle& own) {
  std::vector<Object> objects = required != nullptr ? required->objects : std::vector<Object>{};
  for (Object& object : objects) object.extend = false;
  for (const Object& object : own.objects) {
    const auto same = [&](const Object& other) { return other.id == object.id; };
    const auto base = std::find_if(objects.begin(), objects.end(), same);
    if (!object.extend) {
      objects.push_back(object);
    } else if (base != objects.end()) {
      base->extend = true;
      base->fields.insert(base->fields.end(), object.fields.begin(), object.fields.end());
    }
  }
  sort_by_id(objects);
  return objects;
}

}  // namespace

Place Draft::place(std::string_view folder, const std::string& id) const {
  const auto found = files.find(std::string(folder) + "/" + id);
  return {found == files.end() ? std::string(folder) + "/" + id + ".json" : found->second, ""};
}

Place Draft::field_place(const Object& object, std::size_t field) const {
  return place("objects", object.id) / "fields" / field;
}

void Draft::problem(const Place& place, std::string rule, std::string message) {
  findings.problems.push_back(place.problem(std::move(rule), std::move(message)));
}

void Draft::warning(const Place& place, std::string rule, std::string message) {
  findings.warnings.push_back(place.problem(std::move(rule), std::move(message)));
}

Draft read_draft(const Files& files) {
  Draft draft;
  if (!fits_limits(draft, files)) return draft;
  for (const auto& [path, text] : files) {
    if (!is_definition(path)) continue;
    auto document = json::Document::parse(text);
    if (document) {
      draft.documents.emplace(path, document.take());
    } else {
      note(draft, path, std::move(document.error().problems));
    }
  }
  read_header(draft);
  for (const auto& [path, document] : draft.documents) {
    if (path != kHeaderFile) take_file(draft, path, document.root());
  }
  for (Object& object : draft.own.objects) {
    for (Field& field : object.fields) field.bundle = draft.own.name;
  }
  return draft;
}

Bundle compose(const Bundle* required, const Bundle& own) {
  Bundle whole = own;
  const auto with = [&](auto list) {
    return joined(required != nullptr ? &(required->*list) : nullptr, own.*list);
  };
  whole.objects = compose_objects(required, own);
  whole.rules = with(&Bundle::rules);
  whole.roles = with(&Bundle::roles);
  whole.views = with(&Bundle::views);
  whole.pages = with(&Bundle::pages);
  whole.forms = with(&Bundle::forms);
  whole.menus = with(&Bundle::menus);
  whole.reports = with(&Bundle::reports);
  whole.tables = with(&Bundle::tables);
  whole.duplicates = with(&Bundle::duplicates);
  whole.flows = with(&Bundle::flows);
  return whole;
}

Findings in_order(Draft& draft) {
  return {.problems = located(draft, std::move(draft.findings.problems)),
          .warnings = located(draft, std::move(draft.findings.warnings))};
}

}  // namespace tenon::metadata
