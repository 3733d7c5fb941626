// Rollups over three objects are what a recount finds, after random commands of all kinds.
//
// TENON_COMMANDS says how many (1,000), TENON_SEED from where; a failure prints the seed.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <random>

#include "engine/command/restore_record.h"
#include "engine/query/lines.h"
#include "tests/support/billing.h"
#include "tests/support/running_application.h"
#include "tests/support/shop.h"

namespace tenon {
namespace {

using support::RunningApplication;
using support::the_system;

std::int64_t setting(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoll(text);
}

std::string quoted(RecordId id) { return "\"" + text_of(id) + "\""; }

class World {
 public:
  explicit World(std::uint64_t seed) : random_(seed), running_(support::shop()) {
    for (int i = 0; i < 3; ++i) regions_.push_back(running_.made("region", R"({"name": "R"})"));
    for (int i = 0; i < 6; ++i) {
      products_.push_back(running_.made("product", R"({"name": "P", "price": "1"})"));
    }
    for (int i = 0; i < 8; ++i) customer();
  }

  void step() {
    switch (below(12)) {
      case 0: return customer();
      case 1: return move_customer();
      case 2:
      case 3:
      case 4: return order();
      case 5:
      case 6: return change_order();
      case 7:
      case 8: return change_lines();
      case 9: return erase("order", orders_);
      case 10: return below(6) == 0 ? erase("customer", customers_) : level();
      default: return restore();
    }
  }

  // Void orders count in one version of the bundle, the others in the other.
  void publish(bool counts_void) {
    auto files = support::shop();
    if (counts_void) {
      files["objects/customer.json"] =
          support::replaced(files["objects/customer.json"], R"("filter": "state <> \"void\"")",
                            R"("filter": "state = \"void\"")");
    }
    REQUIRE(running_.publish(files));
    counts_void_ = counts_void;
  }

  void check() {
    // As the records say, added up here without SQL or the engine's own fold.
    std::map<std::string, Sums> customers;
    for (const auto& row : rows("order", {"id", "customer", "state", "net", "level"})) {
      const std::string net = lines_net(row[0]);
      CHECK(row[3] == net);
      if (row[1] == "null") continue;
      Sums& sums = customers[row[1]];
      ++sums.count;
      if ((row[2] == "\"void\"") == counts_void_) sums.add(net);
      sums.note_largest(net);
      levels_[row[1]].push_back(row[4]);
    }
    std::map<std::string, Sums> regions;
    for (const auto& row : rows("customer", {"id", "region", "orders_count", "turnover", "largest",
                                             "level", "is_large"})) {
      const Sums& sums = customers[row[0]];
      CHECK(row[2] == std::to_string(sums.count));
      CHECK(row[3] == sums.text());
      CHECK(row[4] == sums.largest_text());
      CHECK(row[6] == (sums.sum >= Decimal::of(100) ? "true" : "false"));
      for (const std::string& level : levels_[row[0]]) CHECK(level == row[5]);
      if (row[1] != "null") regions[row[1]].add(row[3]);
    }
    levels_.clear();
    for (const auto& row : rows("region", {"id", "turnover"})) {
      CHECK(row[1] == regions[row[0]].text());
    }
    check_sold();
  }

 private:
  struct Sums {
    int count = 0;
    Decimal sum = Decimal::of(0);
    std::optional<Decimal> largest;

    static Decimal number(const std::string& json) {
      return *Decimal::parse(json.substr(1, json.size() - 2));
    }
    void add(const std::string& json) { sum = *tenon::add(sum, number(json)); }
    void note_largest(const std::string& json) {
      const Decimal one = number(json);
      if (!largest || one > *largest) largest = one;
    }
    std::string text() const { return "\"" + sum.text(2) + "\""; }
    std::string largest_text() const {
      return largest ? "\"" + largest->text(2) + "\"" : std::string("null");
    }
  };

  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }

  RecordId any(const std::vector<RecordId>& ids) {
    return ids[static_cast<std::size_t>(below(static_cast<int>(ids.size())))];
  }

  std::string price() { return "\"" + Decimal::of_scaled(below(5000), 2).text(2) + "\""; }

  std::string line(bool with_parts) {
    std::string text = R"({"quantity": )" + std::to_string(1 + below(4)) + R"(, "price": )" +
                       price() + R"(, "product": )" + quoted(any(products_));
    if (with_parts && below(3) == 0) text += R"(, "parts": [)" + line(false) + "]";
    return text + "}";
  }

  void customer() {
    const std::string region = below(4) == 0 ? "null" : quoted(any(regions_));
    customers_.push_back(running_.made("customer", R"({"name": "C", "region": )" + region + "}"));
  }

  void move_customer() {
    update("customer", customers_, R"({"region": )" + quoted(any(regions_)) + "}");
  }

  void level() {
    update("customer", customers_, below(2) == 0 ? R"({"level": "a"})" : R"({"level": "b"})");
  }

  void order() {
    if (customers_.empty()) return customer();
    std::string lines;
    for (int i = below(4); i > 0; --i) lines += (lines.empty() ? "" : ",") + line(true);
    orders_.push_back(running_.made("order", R"({"number": "1", "customer": )" +
                                                 quoted(any(customers_)) +
                                                 (below(4) == 0 ? R"(, "state": "void")" : "") +
                                                 R"(, "lines": [)" + lines + "]}"));
  }

  void change_order() {
    if (customers_.empty()) return customer();
    const int what = below(3);
    update("order", orders_,
           what == 0 ? R"({"customer": )" + quoted(any(customers_)) + "}"
           : what == 1
               ? R"({"customer": null})"
               : std::string(below(2) == 0 ? R"({"state": "open"})" : R"({"state": "void"})"));
  }

  void change_lines() {
    if (orders_.empty()) return order();
    const RecordId id = any(orders_);
    query::LineSet set;
    running_.ask(the_system(), [&](const query::Context& context) {
      set = query::lines_of(context, running_.object("order"), id).at(0);
    });
    std::string put = line(true);
    std::string remove;
    for (const query::LineRow& row : set.rows) {
      const int what = below(4);
      if (what == 0) remove += (remove.empty() ? "" : ",") + quoted(row.id);
      if (what == 1) put += R"(,{"id": )" + quoted(row.id) + R"(, "price": )" + price() + "}";
    }
    REQUIRE(running_.update("order", id,
                            R"({"lines": {"put": [)" + put + R"(], "remove": [)" + remove + "]}}"));
  }

  void update(const char* object, const std::vector<RecordId>& ids, const std::string& json) {
    if (!ids.empty()) REQUIRE(running_.update(object, any(ids), json));
  }

  void erase(const char* object, std::vector<RecordId>& ids) {
    if (ids.empty()) return;
    const RecordId id = any(ids);
    REQUIRE(running_.erase(object, id));
    erased_.emplace_back(object, id);
    forget_what_is_gone();
  }

  void restore() {
    if (erased_.empty()) return;
    const auto [object, id] =
        erased_[static_cast<std::size_t>(below(static_cast<int>(erased_.size())))];
    const auto restored =
        running_.carry_out(the_system(), [&](command::Context& context) -> Result<void> {
          TENON_CHECK(command::restore_record(context, {&running_.object(object), id}));
          return done();
        });
    if (!restored) return;  // It is there already.
    (object == "order" ? orders_ : customers_).push_back(id);
  }

  // A customer takes its orders along.
  void forget_what_is_gone() {
    const auto gone = [&](const char* object) {
      return [this, object](RecordId id) {
        const bool is = running_.value(object, id, "version") == "gone";
        if (is) erased_.emplace_back(object, id);
        return is;
      };
    };
    std::erase_if(orders_, gone("order"));
    std::erase_if(customers_, gone("customer"));
  }

  // Every record, its fields as JSON.
  std::vector<std::vector<std::string>> rows(const std::string& object,
                                             const std::vector<std::string>& fields) {
    std::vector<std::vector<std::string>> all;
    query::ListRecords question{.object = object, .fields = fields, .limit = 200};
    do {
      const auto page = running_.list(question);
      REQUIRE(page);
      for (const Values& row : page->rows) all.push_back(row_of(*page, row, fields));
      question.after = page->next;
    } while (!question.after.empty());
    return all;
  }

  static std::vector<std::string> row_of(const query::Page& page, const Values& row,
                                         const std::vector<std::string>& fields) {
    std::vector<std::string> texts;
    for (const std::string& field : fields) {
      for (std::size_t place = 0; place < row.size(); ++place) {
        if (page.outputs()[place].path.text != field) continue;
        json::Writer writer;
        write(writer, *page.outputs()[place].type, row[place]);
        texts.push_back(writer.take());
      }
    }
    return texts;
  }

  static Decimal net_of(const query::LineSet& set, std::map<std::string, Decimal>& sold) {
    const application::Object& object = set.object();
    Decimal sum = Decimal::of(0);
    for (const query::LineRow& row : set.rows) {
      const auto number = [&](const char* name) {
        const Value& value = row.fields[static_cast<std::size_t>(*object.find_slot(name))];
        return is_empty(value) ? Decimal::of(0) : std::get<Decimal>(value);
      };
      const Decimal below = net_of(row.lines.at(0), sold);
      sum = *add(sum, *multiply(number("quantity"), *add(number("price"), below)));
      const Value& product = row.fields[static_cast<std::size_t>(*object.find_slot("product"))];
      if (is_empty(product)) continue;
      Decimal& of_product = sold[quoted(std::get<RecordId>(product))];
      of_product = *add(of_product, number("quantity"));
    }
    return sum;
  }

  std::string lines_net(const std::string& order) {
    std::string net;
    const RecordId id{*parse_id_text(order.substr(1, order.size() - 2))};
    running_.ask(the_system(), [&](const query::Context& context) {
      const auto set = query::lines_of(context, running_.object("order"), id).at(0);
      net = "\"" + net_of(set, sold_).text(2) + "\"";
    });
    return net;
  }

  void check_sold() {
    for (const auto& row : rows("product", {"id", "sold"})) CHECK(row[1] == sold_[row[0]].text());
    sold_.clear();
  }

  std::mt19937_64 random_;
  RunningApplication running_;
  bool counts_void_ = false;
  std::vector<RecordId> regions_;
  std::vector<RecordId> products_;
  std::vector<RecordId> customers_;
  std::vector<RecordId> orders_;
  std::vector<std::pair<std::string, RecordId>> erased_;
  std::map<std::string, std::vector<std::string>> levels_;  // Of the orders, by customer.
  std::map<std::string, Decimal> sold_;
};

}  // namespace

TEST_CASE("rollups and lookups over chains of objects are what a recount finds", "[simulation]") {
  const std::int64_t seed = setting("TENON_SEED", 20'271'115);
  const std::int64_t commands = setting("TENON_COMMANDS", 1'000);
  INFO("TENON_SEED=" << seed << " TENON_COMMANDS=" << commands);
  World world(static_cast<std::uint64_t>(seed));
  for (std::int64_t command = 0; command < commands; ++command) {
    CAPTURE(command);
    if (command == commands / 2) world.publish(true);
    world.step();
    if (command % (commands / 5) == commands / 10) world.check();
  }
  world.check();
  world.publish(false);
  world.check();
}

}  // namespace tenon
