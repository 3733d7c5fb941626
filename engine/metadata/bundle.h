// A bundle: everything a customer designed, as typed definitions; and bundles composed.
//
// load() reads files given as texts (this room touches no disk) and reports every problem, at
// "objects/invoice.json: fields/3/to", with line and suggestion: what cannot be read, what refers
// to nothing, what cannot be typed, what contradicts. A loaded bundle refers by id and is sound.
// write() is canonical: same content, same bytes.
// The same problems with warnings beside them: check.h. Mappings of data/: import.h.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/formula/formula.h"
#include "engine/metadata/definitions.h"
#include "engine/metadata/duplicate.h"
#include "engine/metadata/flow.h"
#include "engine/metadata/object.h"
#include "engine/metadata/table.h"

namespace tenon::metadata {

using Files = std::map<std::string, std::string>;  // Path below the bundle's folder → text.

struct Bundle {
  std::string name;
  std::string version;
  Label label;
  std::vector<std::string> requires_bundles;
  std::vector<std::string> locales;
  std::string currency;         // Of the workspace: ISO 4217; "" where there is no money.
  std::string time_zone;        // Of the workspace; "": UTC.
  std::string country;          // Of the workspace: ISO 3166, as "CN"; "" where none is said.
  std::vector<Object> objects;  // Each list sorted by id.
  std::vector<Rule> rules;
  std::vector<Role> roles;
  std::vector<View> views;
  std::vector<Page> pages;
  std::vector<Form> forms;
  std::vector<Menu> menus;
  std::vector<Report> reports;
  std::vector<Table> tables;
  std::vector<Duplicate> duplicates;
  std::vector<Flow> flows;
  friend bool operator==(const Bundle&, const Bundle&) = default;

  const Object* find(std::string_view object_name) const;
  const Object* find_id(std::string_view object_id) const;
};

// The bundle and those it requires, as one: objects extended, references resolved. All or every
// problem. `required` are loaded before, the system bundle first; problems name the file.
// Data files (data/) are not part of it; their mappings are checked with it.
Result<Bundle> load(const Files& files, const Bundle* required);

// The files of a bundle, canonical, with current names; without what came from `required`.
Files write(const Bundle& bundle);

// Names for compile(): all fields of the bundle's objects, system fields included. A loaded
// bundle's own formulas are written in ids; what people write (filters, files) in names.
class BundleNames final : public formula::Names {
 public:
  enum class By { id, name };
  // Rules may ask what was before the change; filters of who reads, who is in their team.
  enum class Changes { untold, told, untold_to_readers };
  explicit BundleNames(const Bundle& bundle, By by = By::id, Changes changes = Changes::untold)
      : bundle_(bundle), by_(by), changes_(changes) {}
  std::optional<Member> member(const std::string& object, std::string_view name) const override;
  std::vector<std::string> members(const std::string& object) const override;
  // Lines, and records that refer back (many.h).
  std::optional<Many> many(const std::string& object, std::string_view name) const override;
  bool tells_changes() const override { return changes_ == Changes::told; }
  bool knows_team() const override { return changes_ == Changes::untold_to_readers; }
  bool takes_amounts() const override { return changes_ == Changes::untold_to_readers; }

 private:
  const Bundle& bundle_;
  By by_;
  Changes changes_;
};

// Users, departments, role assignments, files: the embedded bundle (schemas/system).
const Bundle& system_bundle();

}  // namespace tenon::metadata
