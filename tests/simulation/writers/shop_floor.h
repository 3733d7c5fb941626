// The shop, served by a real Host, and what many clerks at once know of its records.
#pragma once

#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "engine/command/context.h"
#include "runtime/server/host.h"
#include "tests/support/temporary_folder.h"

namespace tenon::simulation {

// Which records there are, for all clerks. A record may be gone by the time it is used: then the
// command is refused, as it is for people.
class Known {
 public:
  void add(const std::string& object, RecordId id);
  void move(const std::string& object, RecordId id, const std::string& to);
  // One of them; 0 where there is none.
  RecordId any(const std::string& object, std::mt19937_64& random);

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<RecordId>> ids_;
};

class ShopFloor {
 public:
  using Command = std::function<Result<void>(command::Context& context)>;

  ShopFloor();

  server::Host& host() { return *host_; }
  Known& known() { return known_; }
  // Through the writer's queue, as the system; returns when it is durable or refused.
  Result<void> write(Command command);
  // The same of a bundle: the commands waiting behind it meet the new application.
  Result<void> publish(const metadata::Files& files);

 private:
  Result<void> carry_out(const std::shared_ptr<api::Write>& write);

  support::TemporaryFolder folder_;
  std::unique_ptr<server::Host> host_;
  Known known_;
};

}  // namespace tenon::simulation
