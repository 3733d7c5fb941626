#include "engine/flow/reasons.h"

#include "engine/flow/work.h"

namespace tenon::flow {

std::vector<std::vector<UserId>> named_by_sources(const Program& program, const Run& run,
                                                  const Facts& facts, int node) {
  std::vector<std::vector<UserId>> named;
  const auto& people = program.node(node).people;
  if (!people) return named;
  Work work(program, run, facts);
  const formula::Scope scope = work.values();
  for (const Source& source : people->sources) {
    auto found = people_of({program, run, facts, scope, node, false}, {source});
    named.push_back(found ? found.take() : std::vector<UserId>{});
  }
  return named;
}

}  // namespace tenon::flow
