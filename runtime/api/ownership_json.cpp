#include "runtime/api/ownership_json.h"

namespace tenon::api {
namespace {

void write_moment(json::Writer& writer, std::string_view name,
                  const std::optional<DateTime>& moment) {
  writer.key(name);
  moment ? writer.text(text_of(*moment)) : writer.null();
}

}  // namespace

void write_person(json::Writer& writer, std::string_view name, RecordId id,
                  const std::string& called) {
  writer.key(name);
  if (id.value == 0) {
    writer.null();
    return;
  }
  writer.begin_object().key("id").text(text_of(id));
  writer.key("name").text(called).end_object();
}

void write_actions(json::Writer& writer, const std::vector<query::OfferedAction>& actions) {
  writer.key("actions").begin_object();
  for (const query::OfferedAction& action : actions) {
    writer.key(action.name).begin_array();
    for (const query::Refusal& refusal : action.refusals) {
      writer.begin_object().key("rule").text(refusal.rule);
      writer.key("bound").integer(refusal.bound).key("count").integer(refusal.count);
      write_moment(writer, "until", refusal.until);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();
}

void write_ownership(json::Writer& writer, std::string_view name, const query::Context& context,
                     const std::optional<query::Ownership>& ownership) {
  writer.key(name);
  if (!ownership || ownership->pool == nullptr) {
    writer.null();
    return;
  }
  const query::Ownership& of = *ownership;
  const metadata::Pool& pool = *of.pool->definition;
  writer.begin_object().key("pool").begin_object().key("name").text(pool.name);
  writer.key("label").text(metadata::text_in(pool.label, context.actor.locale)).end_object();
  writer.key("in_pool").boolean(of.is_in_pool);
  write_person(writer, "owner", of.owner, query::user_name(context, of.owner));
  const bool is_known = of.tenure.since.ms != 0;
  write_moment(writer, "since", is_known ? std::optional(of.tenure.since) : std::nullopt);
  write_moment(writer, "protected_until", of.protected_until);
  write_moment(writer, "due_at", of.tenure.due);
  writer.key("due").text(of.due_label);
  writer.key("extensions").integer(of.tenure.extensions);
  writer.key("extensions_max").integer(pool.extension ? pool.extension->count_max : 0);
  write_actions(writer, of.actions);
  writer.end_object();
}

}  // namespace tenon::api
