// The child of the durability test: commits groups until it is killed, and tells what was
// committed.
//
// durability_writer <database> <first group>: every group is 16 works of one row each. A work that
// was told `committed` is acknowledged by a line "<group> <work>" on the standard output.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "tests/engine/storage/durability.h"

namespace tenon::storage {
namespace {

class RowWork final : public Work {
 public:
  RowWork(std::int64_t group, std::int64_t work) : group_(group), work_(work) {}

  bool run(Transaction& tx) override {
    tx.statement(kInsertRow).bind(":grp", group_).bind(":work", work_).run();
    return true;
  }
  void committed() override {
    const std::string line = std::to_string(group_) + " " + std::to_string(work_) + "\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) _exit(1);
  }
  void failed(const std::exception& fault) override {
    std::fprintf(stderr, "%s\n", fault.what());
    _exit(1);
  }

 private:
  std::int64_t group_;
  std::int64_t work_;
};

void write_groups(Database& database, std::int64_t group) {
  for (;; ++group) {
    std::vector<RowWork> works;
    for (int work = 0; work < kWorksPerGroup; ++work) works.emplace_back(group, work);
    std::vector<Work*> pointers;
    for (RowWork& work : works) pointers.push_back(&work);
    database.writer().run(pointers);
  }
}

}  // namespace
}  // namespace tenon::storage

int main(int count, char** arguments) {
  using namespace tenon::storage;
  if (count < 3) return 2;
  Database database({.path = arguments[1], .functions = {}, .collations = {}});
  database.writer().run([](Transaction& tx) { tx.script(std::string(kCreateRows)); });
  std::thread([&database] {
    for (;;) {
      std::this_thread::sleep_for(std::chrono::milliseconds(3));
      database.checkpoint();
    }
  }).detach();
  write_groups(database, std::stoll(arguments[2]));
}
