#include "runtime/server/write_queue.h"

#include <catch2/catch.hpp>
#include <thread>

#include "engine/base/limits.h"

namespace tenon::server {
namespace {

using Write = std::shared_ptr<api::Write>;

WriteQueue::Group pushed(WriteQueue& queue, std::size_t count) {
  WriteQueue::Group writes;
  for (std::size_t i = 0; i < count; ++i) {
    writes.push_back(std::make_shared<api::Write>());
    REQUIRE(queue.push(writes.back()));
  }
  return writes;
}

}  // namespace

TEST_CASE("a group is what waits, in its order", "[server]") {
  WriteQueue queue;
  const auto writes = pushed(queue, 3);

  CHECK(queue.take() == writes);
  CHECK(queue.size() == 0);
}

TEST_CASE("a group has at most as many as may share an fsync; the rest is the next", "[server]") {
  WriteQueue queue;
  pushed(queue, limits::kGroupCommandsMax + 1);

  CHECK(queue.take().size() == limits::kGroupCommandsMax);
  queue.note_durable();
  CHECK(queue.take().size() == 1);
}

TEST_CASE("the taker sleeps until there is something", "[server]") {
  WriteQueue queue;
  WriteQueue::Group taken;
  std::thread taker([&] { taken = queue.take(); });
  const auto writes = pushed(queue, 1);
  taker.join();

  CHECK(taken == writes);
}

TEST_CASE("those who were answered are waited for, but not if they stay away", "[server]") {
  WriteQueue queue;
  pushed(queue, 2);
  REQUIRE(queue.take().size() == 2);
  pushed(queue, 1);
  queue.note_durable();  // Expected now: the one that waits, and the two that are answered.
  pushed(queue, 2);
  CHECK(queue.take().size() == 3);

  queue.note_durable();
  pushed(queue, 1);
  CHECK(queue.take().size() == 1);
}

TEST_CASE("what was accepted before the end is still taken, and nothing after it", "[server]") {
  WriteQueue queue;
  pushed(queue, 1);
  queue.end();

  CHECK_FALSE(queue.push(std::make_shared<api::Write>()));
  CHECK(queue.take().size() == 1);
  CHECK(queue.take().empty());
}

TEST_CASE("the end wakes a taker that waits", "[server]") {
  WriteQueue queue;
  WriteQueue::Group taken(1);
  std::thread taker([&] { taken = queue.take(); });
  queue.end();
  taker.join();

  CHECK(taken.empty());
}

}  // namespace tenon::server
