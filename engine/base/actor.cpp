#include "engine/base/actor.h"

namespace tenon {

std::string_view name_of(Surface surface) {
  switch (surface) {
    case Surface::form: return "form";
    case Surface::api: return "api";
    case Surface::import: return "import";
    case Surface::bulk: return "bulk";
    case Surface::command_line: return "command_line";
    case Surface::flow: return "flow";
    case Surface::sample: return "sample";
    case Surface::system: return "system";
  }
  return "system";
}

Actor system_actor(Surface surface, std::string reason) {
  Actor actor;
  actor.kind = Actor::Kind::system;
  actor.name = "system";
  actor.surface = surface;
  actor.reason = std::move(reason);
  return actor;
}

}  // namespace tenon
