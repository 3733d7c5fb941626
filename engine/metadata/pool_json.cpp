#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr int kDaysMax = 3'650;
constexpr int kCountMax = 100'000;

PoolPeople read_people(json::Members& members, std::string_view name) {
  const auto member = members.optional(name);
  if (!member) return {};
  json::Members own(*member, members.problems());
  PoolPeople people{texts(own, "roles"), own.text("team").value_or("")};
  own.finish();
  return people;
}

std::optional<int> read_bound_of(json::Members& members, std::string_view name) {
  if (!members.optional(name)) return std::nullopt;
  return small_integer(members, name, 0, 0, kCountMax);
}

PoolClaim read_claim(json::Members& members) {
  const auto member = members.optional("claim");
  if (!member) return {};
  json::Members own(*member, members.problems());
  PoolClaim claim;
  claim.when = own.text("when").value_or("");
  claim.daily_limit = read_bound_of(own, "daily_limit");
  claim.capacity = read_bound_of(own, "capacity");
  claim.cool_down_days = small_integer(own, "cool_down_days", 0, 0, kDaysMax);
  own.finish();
  return claim;
}

std::optional<PoolExtension> read_extension(json::Members& members) {
  const auto member = members.optional("extension");
  if (!member) return std::nullopt;
  json::Members own(*member, members.problems());
  PoolExtension extension;
  extension.when = own.text("when").value_or("");
  own.required("days");
  extension.days = small_integer(own, "days", 1, 1, kDaysMax);
  extension.count_max = small_integer(own, "count_max", 1, 1, kCountMax);
  own.finish();
  return extension;
}

void write_people(json::Writer& writer, std::string_view name, const PoolPeople& people) {
  if (people == PoolPeople{}) return;
  writer.key(name).begin_object();
  write_texts(writer, "roles", people.roles);
  write_text(writer, "team", people.team);
  writer.end_object();
}

void write_number(json::Writer& writer, std::string_view name, std::optional<int> number) {
  if (number) writer.key(name).integer(*number);
}

std::optional<int> unless(int number, int usual) {
  return number == usual ? std::nullopt : std::optional(number);
}

void write_claim(json::Writer& writer, const PoolClaim& claim) {
  if (claim == PoolClaim{}) return;
  writer.key("claim").begin_object();
  write_text(writer, "when", claim.when);
  write_number(writer, "daily_limit", claim.daily_limit);
  write_number(writer, "capacity", claim.capacity);
  write_number(writer, "cool_down_days", unless(claim.cool_down_days, 0));
  writer.end_object();
}

void write(json::Writer& writer, const PoolReturn& one) {
  writer.begin_object().key("name").text(one.name);
  write_label(writer, "label", one.label);
  write_text(writer, "when", one.when);
  write_text(writer, "since", one.since);
  write_text(writer, "unchanged", one.unchanged);
  writer.key("days").integer(one.days);
  writer.end_object();
}

void write_extension(json::Writer& writer, const PoolExtension& extension) {
  writer.key("extension").begin_object();
  write_text(writer, "when", extension.when);
  writer.key("days").integer(extension.days);
  write_number(writer, "count_max", unless(extension.count_max, 1));
  writer.end_object();
}

}  // namespace

PoolReturn parse(json::Reader reader, json::To<PoolReturn>, Problems& problems) {
  json::Members members(reader, problems);
  PoolReturn one;
  one.name = members.required_text("name").value_or("");
  one.label = optional_label(members, "label");
  one.when = members.text("when").value_or("");
  one.since = members.text("since").value_or("");
  one.unchanged = members.text("unchanged").value_or("");
  members.required("days");
  one.days = small_integer(members, "days", 1, 1, kDaysMax);
  members.finish();
  return one;
}

Pool parse(json::Reader reader, json::To<Pool>, Problems& problems) {
  json::Members members(reader, problems);
  Pool pool;
  read_names(members, pool);
  pool.label = required_label(members, "label");
  pool.when = members.text("when").value_or("");
  pool.members = read_people(members, "members");
  pool.managers = read_people(members, "managers");
  pool.open = members.text("open").value_or("");
  pool.claim = read_claim(members);
  pool.protection_days = small_integer(members, "protection_days", 0, 0, kDaysMax);
  pool.returns = list_of<PoolReturn>(members, "returns");
  pool.extension = read_extension(members);
  pool.hidden = texts(members, "hidden");
  members.finish();
  return pool;
}

void write(json::Writer& writer, const Pool& pool) {
  writer.begin_object();
  write_names(writer, pool.id, pool.name);
  write_label(writer, "label", pool.label);
  write_text(writer, "when", pool.when);
  write_people(writer, "members", pool.members);
  write_people(writer, "managers", pool.managers);
  write_text(writer, "open", pool.open);
  write_claim(writer, pool.claim);
  write_number(writer, "protection_days", unless(pool.protection_days, 0));
  if (!pool.returns.empty()) {
    writer.key("returns").begin_array();
    for (const PoolReturn& one : pool.returns) write(writer, one);
    writer.end_array();
  }
  if (pool.extension) write_extension(writer, *pool.extension);
  write_texts(writer, "hidden", pool.hidden);
  writer.end_object();
}

}  // namespace tenon::metadata
