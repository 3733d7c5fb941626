#include "tests/simulation/writers/shop_floor.h"

#include <algorithm>
#include <future>

#include "engine/command/publish.h"
#include "tests/support/running_application.h"

namespace tenon::simulation {

void Known::add(const std::string& object, RecordId id) {
  const std::lock_guard lock(mutex_);
  ids_[object].push_back(id);
}

void Known::move(const std::string& object, RecordId id, const std::string& to) {
  const std::lock_guard lock(mutex_);
  std::erase(ids_[object], id);
  ids_[to].push_back(id);
}

RecordId Known::any(const std::string& object, std::mt19937_64& random) {
  const std::lock_guard lock(mutex_);
  const auto& ids = ids_[object];
  return ids.empty() ? RecordId{} : ids[random() % ids.size()];
}

ShopFloor::ShopFloor()
    : host_(std::make_unique<server::Host>(server::HostOptions{folder_.file("data"), "", false})) {}

Result<void> ShopFloor::write(Command command) {
  auto write = std::make_shared<api::Write>();
  write->run = std::move(command);
  return carry_out(write);
}

Result<void> ShopFloor::publish(const metadata::Files& files) {
  auto write = std::make_shared<api::Write>();
  write->takes_its_time = true;  // As every publish.
  write->run = [&files, own = write.get()](command::Context& context) -> Result<void> {
    TENON_TRY(auto published, command::publish(context, files, true));
    own->published = std::move(published.application);
    return done();
  };
  return carry_out(write);
}

Result<void> ShopFloor::carry_out(const std::shared_ptr<api::Write>& write) {
  std::promise<Result<void>> told;
  write->actor = support::the_system();
  write->done = [&told](const Result<void>& outcome) { told.set_value(outcome); };
  host_->write(write);
  return told.get_future().get();
}

}  // namespace tenon::simulation
