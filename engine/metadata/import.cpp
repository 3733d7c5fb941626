#include "engine/metadata/import.h"

#include <tuple>

#include "engine/metadata/checks.h"
#include "engine/metadata/resolve.h"

namespace tenon::metadata {

Result<ImportMap> resolve(ImportMap map, const Bundle& bundle) {
  Draft draft;
  ToIds to_ids(bundle, draft);
  translate(map, to_ids, {});
  check_import(draft, bundle, map, {});
  if (!draft.findings.problems.empty()) return Error::invalid(draft.findings.problems);
  return map;
}

Result<std::vector<ImportMap>> load_imports(const Files& files, const Bundle& bundle) {
  Draft draft = read_draft(files);
  ToIds to_ids(bundle, draft);
  for (ImportMap& map : draft.imports) translate(map, to_ids, draft.place("data", map.name));
  if (!draft.findings.problems.empty()) return Error::invalid(in_order(draft).problems);
  std::sort(draft.imports.begin(), draft.imports.end(), [](const auto& a, const auto& b) {
    return std::tie(a.order, a.name) < std::tie(b.order, b.name);
  });
  return std::move(draft.imports);
}

}  // namespace tenon::metadata
