// A function as work for the writer, for callers that wait until it is done: what it failed of is
// kept, to be thrown where they wait.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "engine/storage/database.h"

namespace tenon::storage {

class FunctionWork final : public Work {
 public:
  explicit FunctionWork(std::function<bool(Transaction&)> run) : run_(std::move(run)) {}

  bool run(Transaction& tx) override { return run_(tx); }
  void committed() override {}
  void failed(const std::exception& fault) override { fault_ = fault.what(); }
  const std::string& fault() const { return fault_; }  // "" : none.

 private:
  std::function<bool(Transaction&)> run_;
  std::string fault_;
};

}  // namespace tenon::storage
