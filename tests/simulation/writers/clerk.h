// Somebody who works in the shop: one random command after the other, as their seed says.
#pragma once

#include "tests/simulation/writers/shop_floor.h"

namespace tenon::simulation {

class Clerk {
 public:
  Clerk(ShopFloor& shop, std::uint64_t seed) : shop_(shop), random_(seed) {}

  void step();
  // What stands at the beginning: nobody refuses it.
  void open_the_shop();

  int carried_out() const { return carried_out_; }
  // Refused because somebody else was there before: not found, or there already.
  int came_too_late() const { return came_too_late_; }
  // Refused for another reason, which must not be.
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
  RecordId any(const std::string& object) { return shop_.known().any(object, random_); }
  std::string reference(const std::string& object);
  std::string price();
  std::string line(bool with_parts);

  void product();
  void region();
  void customer();
  void order();
  void change_order();
  void change_lines();
  void change_customer();
  void change_product();
  void erase(const std::string& object);
  void restore(const std::string& object);

  void create(const std::string& object, const std::string& json);
  void update(const std::string& object, RecordId id, const std::string& json);
  bool note(const std::string& what, const Result<void>& outcome);

  ShopFloor& shop_;
  std::mt19937_64 random_;
  int carried_out_ = 0;
  int came_too_late_ = 0;
  std::vector<std::string> faults_;
};

}  // namespace tenon::simulation
