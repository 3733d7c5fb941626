#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing;
using support::loaded;

TEST_CASE("a member has its slot, its kind and where it leads", "[metadata]") {
  const Bundle bundle = loaded(billing());
  const BundleNames names(bundle);

  const auto customer = names.member("invoice", "customer");
  REQUIRE(customer);
  CHECK(customer->slot == 1);
  CHECK(customer->type == formula::Type{Kind::reference, "customer"});
  const auto state = names.member("invoice", "state");
  REQUIRE(state);
  CHECK(state->options == std::vector<std::string>{"open", "paid"});
  const auto tax = names.member("invoice", "tax");
  REQUIRE(tax);
  CHECK(tax->type == formula::Type{Kind::number, ""});
  CHECK(tax->scale == 2);
  CHECK_FALSE(names.member("invoice", "colour"));
  CHECK_FALSE(names.member("nothing", "name"));
}

TEST_CASE("system fields are members with negative slots", "[metadata]") {
  const Bundle bundle = loaded(billing());
  const BundleNames names(bundle);

  const auto id = names.member("invoice", "id");
  REQUIRE(id);
  CHECK(id->slot == -1);
  CHECK(id->type == formula::Type{Kind::reference, "invoice"});
  const auto updated_by = names.member("invoice", "updated_by");
  REQUIRE(updated_by);
  CHECK(updated_by->slot == -6);
  CHECK(updated_by->type == formula::Type{Kind::reference, "user"});
}

TEST_CASE("members are looked up by id, or by the names people write", "[metadata]") {
  Bundle bundle = loaded(billing());
  for (Object& object : bundle.objects) {
    for (Field& field : object.fields) {
      if (field.id == "due_on") field.name = "deadline";
    }
  }
  CHECK(BundleNames(bundle).member("invoice", "due_on"));
  CHECK_FALSE(BundleNames(bundle).member("invoice", "deadline"));
  CHECK(BundleNames(bundle, BundleNames::By::name).member("invoice", "deadline")->id == "due_on");
}

}  // namespace tenon::metadata
