// What the benches measure on: a small bundle of their own (bundle/), published into a temporary
// folder, with people, many items, and the process around the engine, as `tenon serve` has it.
//
// The items are the people's in turn; asked is as one of them, who sees only the own ones.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/actor.h"
#include "runtime/api/api.h"
#include "runtime/server/host.h"
#include "tests/support/temporary_folder.h"

namespace tenon::bench {

class Stage {
 public:
  explicit Stage(std::int64_t items);

  server::Host& host() { return *host_; }
  http::Handler& api() { return *api_; }
  std::string database() const { return folder_.file("data/tenon.db"); }
  std::string file(const std::string& name) const { return folder_.file(name); }
  const Actor& actor() const { return actor_; }
  const std::string& user() const { return people_.front(); }  // The actor's id.
  // Ids of everybody, in turn; each is in a team.
  const std::string& person(std::uint64_t number) const {
    return people_[static_cast<std::size_t>(number) % people_.size()];
  }
  const std::string& kind() const { return kind_; }
  // The id of one of the actor's own items.
  std::string own_item(std::uint64_t number) const;

  // As it goes over the wire, from the actor's program.
  std::string get(const std::string& target) const;
  std::string post(const std::string& target, const std::string& body) const;
  // The product's own answer to it, given in-process.
  http::Response answer(http::Method method, const std::string& target, const std::string& body);

 private:
  void begin();
  void open();

  support::TemporaryFolder folder_;
  std::int64_t items_;
  std::string token_;
  std::string kind_;
  std::unique_ptr<server::Host> host_;
  std::unique_ptr<api::Api> api_;
  Actor actor_;
  std::vector<std::string> people_;
};

// The n-th new item, as a client sends it.
std::string item_json(const Stage& stage, std::uint64_t number);
// Its unique code: of the same length for every number.
std::string item_code(std::uint64_t number);

}  // namespace tenon::bench
