// The way from the command line to the engine: through the socket of a running server, or, where
// none runs, by opening the data folder oneself. Both answer the same API.
#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "runtime/http/message.h"
#include "runtime/server/host.h"

namespace tenon::cli {

struct Reply {
  int status = 0;
  std::string body;  // JSON.
  bool is_success() const { return status >= 200 && status < 300; }
};

class Door {
 public:
  virtual ~Door() = default;
  virtual Reply call(http::Method method, const std::string& target,
                     const std::string& json_body) = 0;
};

// Throws Fault where the folder can neither be opened nor reached.
std::unique_ptr<Door> open_door(const std::string& data);
// Onto a host of this process.
std::unique_ptr<Door> door_of(server::Host& host);

}  // namespace tenon::cli
