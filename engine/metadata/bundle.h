// A bundle: everything a customer designed, as typed definitions; and bundles composed.
//
// load() reads files given as texts (this room touches no disk) and reports every problem, at
// "objects/invoice.json: fields/3/to", with line and suggestion. A loaded bundle refers by id. write() is
// canonical: same content, same bytes.
// check() is the semantic half: what refers to nothing, what cannot be typed, what contradicts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/formula/formula.h"
#include "engine/metadata/definitions.h"
#include "engine/metadata/object.h"

namespace tenon::metadata {

using Files = std::map<std::string, std::string>;  // Path below the bundle's folder → text.

struct Bundle {
  std::string name;
  std::string version;
  Label label;
  std::vector<std::string> requires_bundles;
  std::vector<std::string> locales;
  std::string currency;  // Of the workspace: ISO 4217.
  std::string time_zone;
  std::vector<Object> objects;  // Each list sorted by id.
  std::vector<Rule> rules;
  std::vector<Role> roles;
  std::vector<View> views;
  std::vector<Page> pages;
  std::vector<Form> forms;
  std::vector<Menu> menus;
  std::vector<Report> reports;
  friend bool operator==(const Bundle&, const Bundle&) = default;

  const Object* find(std::string_view object_name) const;
  const Object* find_id(std::string_view object_id) const;
};

// The bundle and those it requires, as one: objects extended, references resolved. All or every
// problem. `required` are loaded before, the system bundle first; problems name the file.
// Data files (data/) are not part of it.
Result<Bundle> load(const Files& files, const Bundle* required);

// The files of a bundle, canonical, with current names; without what came from `required`.
Files write(const Bundle& bundle);

// Names for compile(): all fields of the bundle's objects, system fields included.
class BundleNames final : public formula::Names {
 public:
  explicit BundleNames(const Bundle& bundle) : bundle_(bundle) {}
  std::optional<Member> member(const std::string& object, std::string_view name) const override;
  std::vector<std::string> members(const std::string& object) const override;

 private:
  const Bundle& bundle_;
};

// Users, departments, role assignments, files: the embedded bundle (schemas/system).
const Bundle& system_bundle();

}  // namespace tenon::metadata
