#include "tests/simulation/writers/clerk.h"

#include "engine/command/create_record.h"
#include "engine/command/delete_record.h"
#include "engine/command/restore_record.h"
#include "engine/command/update_record.h"
#include "engine/json/document.h"
#include "engine/query/lines.h"

namespace tenon::simulation {
namespace {

constexpr int kRegions = 3;
constexpr int kProducts = 6;
constexpr int kCustomers = 8;

std::string quoted(RecordId id) { return "\"" + text_of(id) + "\""; }

std::string erased(const std::string& object) { return "erased " + object; }

Result<command::Input> input_of(command::Context& context, const application::Object& object,
                                const std::string& json) {
  TENON_TRY(const auto document, json::Document::parse(json));
  return command::parse_input(document.root(), object, context.app.rights(context.actor));
}

}  // namespace

void Clerk::open_the_shop() {
  for (int i = 0; i < kRegions; ++i) region();
  for (int i = 0; i < kProducts; ++i) product();
  for (int i = 0; i < kCustomers; ++i) customer();
}

void Clerk::step() {
  switch (below(16)) {
    case 0: return customer();
    case 1: return change_customer();
    case 2:
    case 3:
    case 4: return order();
    case 5:
    case 6: return change_order();
    case 7:
    case 8:
    case 9:
    case 10: return change_lines();
    case 11:
    case 12: return erase("order");
    case 13: return below(4) == 0 ? erase("customer") : change_product();
    case 14: return restore("order");
    default: return below(2) == 0 ? restore("customer") : restore("order");
  }
}

std::string Clerk::reference(const std::string& object) {
  const RecordId id = any(object);
  return id.value == 0 ? "null" : quoted(id);
}

std::string Clerk::price() { return "\"" + Decimal::of_scaled(below(5000), 2).text(2) + "\""; }

std::string Clerk::line(bool with_parts) {
  std::string text = R"({"quantity": )" + std::to_string(1 + below(4)) + R"(, "price": )" +
                     price() + R"(, "product": )" + reference("product");
  if (with_parts && below(3) == 0) text += R"(, "parts": [)" + line(below(2) == 0) + "]";
  return text + "}";
}

void Clerk::region() { create("region", R"({"name": "R"})"); }

void Clerk::product() { create("product", R"({"name": "P", "price": )" + price() + "}"); }

void Clerk::customer() {
  create("customer", R"({"name": "C", "region": )" +
                         (below(4) == 0 ? std::string("null") : reference("region")) + "}");
}

void Clerk::order() {
  std::string lines;
  for (int i = below(4); i > 0; --i) lines += (lines.empty() ? "" : ",") + line(true);
  create("order", R"({"number": "1", "customer": )" + reference("customer") +
                      (below(4) == 0 ? R"(, "state": "void")" : "") + R"(, "lines": [)" + lines +
                      "]}");
}

void Clerk::change_customer() {
  const char* level = below(2) == 0 ? R"("a")" : R"("b")";
  update("customer", any("customer"),
         below(2) == 0 ? R"({"region": )" + reference("region") + "}"
                       : R"({"level": )" + std::string(level) + "}");
}

void Clerk::change_product() { update("product", any("product"), R"({"price": )" + price() + "}"); }

void Clerk::change_order() {
  switch (below(5)) {
    case 0: return update("order", any("order"), R"({"customer": null})");
    case 1: return update("order", any("order"), R"({"state": "open"})");
    case 2: return update("order", any("order"), R"({"state": "void"})");
    case 3:
      return update("order", any("order"), R"({"rate": ")" + std::to_string(below(4)) + R"("})");
    default: return update("order", any("order"), R"({"customer": )" + reference("customer") + "}");
  }
}

// Its lines are looked up where they are written: what is changed and removed is there.
void Clerk::change_lines() {
  const RecordId id = any("order");
  if (id.value == 0) return order();
  const std::string added = line(true);
  const std::string changed = price();
  const std::uint64_t choice = random_();
  const auto outcome = shop_.write([&](command::Context& context) -> Result<void> {
    const application::Object& orders = *context.app.find("order");
    const auto set = query::lines_of(command::as_system(context), orders, id).at(0);
    std::string put = added;
    std::string remove;
    for (std::size_t i = 0; i < set.rows.size(); ++i) {
      const std::string line_id = quoted(set.rows[i].id);
      const auto what = (choice >> (2 * (i % 32))) & 3U;
      if (what == 0) remove += (remove.empty() ? "" : ",") + line_id;
      if (what == 1) put += R"(,{"id": )" + line_id + R"(, "price": )" + changed + "}";
    }
    TENON_TRY(auto input,
              input_of(context, orders,
                       R"({"lines": {"put": [)" + put + R"(], "remove": [)" + remove + "]}}"));
    TENON_CHECK(command::update_record(context, {&orders, id, std::move(input), {}}));
    return done();
  });
  note("change lines", outcome);
}

void Clerk::erase(const std::string& object) {
  const RecordId id = any(object);
  if (id.value == 0) return;
  const auto outcome = shop_.write([&](command::Context& context) -> Result<void> {
    TENON_CHECK(command::delete_record(context, {context.app.find(object), id, {}}));
    return done();
  });
  if (note("erase " + object, outcome)) shop_.known().move(object, id, erased(object));
}

void Clerk::restore(const std::string& object) {
  const RecordId id = any(erased(object));
  if (id.value == 0) return;
  const auto outcome = shop_.write([&](command::Context& context) -> Result<void> {
    TENON_CHECK(command::restore_record(context, {context.app.find(object), id}));
    return done();
  });
  if (note("restore " + object, outcome)) shop_.known().move(erased(object), id, object);
}

void Clerk::create(const std::string& object, const std::string& json) {
  RecordId made;
  const auto outcome = shop_.write([&](command::Context& context) -> Result<void> {
    const application::Object& own = *context.app.find(object);
    TENON_TRY(auto input, input_of(context, own, json));
    TENON_TRY(const auto reply, command::create_record(context, {&own, std::move(input)}));
    made = reply.id;
    return done();
  });
  if (note("create " + object, outcome)) shop_.known().add(object, made);
}

void Clerk::update(const std::string& object, RecordId id, const std::string& json) {
  if (id.value == 0) return;
  const auto outcome = shop_.write([&](command::Context& context) -> Result<void> {
    const application::Object& own = *context.app.find(object);
    TENON_TRY(auto input, input_of(context, own, json));
    TENON_CHECK(command::update_record(context, {&own, id, std::move(input), {}}));
    return done();
  });
  note("update " + object, outcome);
}

bool Clerk::note(const std::string& what, const Result<void>& outcome) {
  if (outcome) {
    ++carried_out_;
    return true;
  }
  const Error& error = outcome.error();
  const bool refers_to_gone = error.code == ErrorCode::invalid && !error.problems.empty() &&
                              error.problems.front().rule == "reference";
  if (error.code == ErrorCode::not_found || error.code == ErrorCode::conflict || refers_to_gone) {
    ++came_too_late_;
  } else {
    faults_.push_back(what + ": " + describe(error));
  }
  return false;
}

}  // namespace tenon::simulation
