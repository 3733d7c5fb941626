// Who asks, of which application, in which snapshot, at what time.
//
// Every query takes one. What an actor may not read does not exist here: objects and fields are
// looked up through visible_object() and ReadableNames only.
#pragma once

#include "engine/application/application.h"
#include "engine/base/actor.h"
#include "engine/query/looked_up.h"
#include "engine/storage/database.h"

namespace tenon::query {

// One record that may be read beyond the actor's own rights: it alone, and these of its fields.
struct RecordGrant {
  const application::Object* object;
  std::vector<bool> readable;  // By slot.
};

struct Context {
  const application::Application& app;
  const Actor& actor;
  const permission::Rights& rights;  // app.rights(actor)
  storage::Transaction& tx;
  DateTime now;
  bool is_building = false;  // In this snapshot some fields are still being worked out.
  std::shared_ptr<const LookedUp> looked_up = std::make_shared<const LookedUp>(app, tx);
  // Of the record that is asked for itself, not of others that it leads to. Only for reading one
  // whose id is given and that was granted (record_grant.h); null else.
  const RecordGrant* grant = nullptr;

  // Whether this field of the record that is asked for may be read.
  bool may_read(const application::Object& object, int slot) const;
};

Context context(const application::Application& app, const Actor& actor, storage::Transaction& tx,
                DateTime now);

// `not_found` where there is no such object or the actor may not read any record of it.
Result<const application::Object*> visible_object(const application::Application& app,
                                                  const permission::Rights& rights,
                                                  std::string_view name);

// Names of fields as the actor sees them, for filters and formulas that people write. With the
// rights of the system every field is there.
class ReadableNames final : public formula::Names {
 public:
  ReadableNames(const application::Application& app, const permission::Rights& rights)
      : app_(app), rights_(rights), names_(app.bundle(), metadata::BundleNames::By::name) {}
  std::optional<Member> member(const std::string& object, std::string_view name) const override;
  std::vector<std::string> members(const std::string& object) const override;
  std::optional<Many> many(const std::string& object, std::string_view name) const override;
  bool knows_team() const override { return true; }
  bool takes_amounts() const override { return true; }

 private:
  const application::Application& app_;
  const permission::Rights& rights_;
  metadata::BundleNames names_;
};

// The place of a system field in slots: "id" → -1, "version" → -2 …; nothing for other names.
std::optional<int> system_slot(std::string_view name);
const Type& system_type(int slot);

// Who asks, when, and what is looked up: a scope without a record.
formula::Scope moment_of(const Context& context);

// The day of this moment in the workspace's zone.
Date today(const application::Application& app, DateTime now);

}  // namespace tenon::query
