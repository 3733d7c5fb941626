// Floors: a room includes itself and what it USES, all of it lower; nothing includes upwards.
#include <algorithm>
#include <set>

#include "tests/tidy/finding.h"
#include "tests/tidy/rooms.h"
#include "tests/tidy/scan.h"

namespace tenon::tidy {
namespace {

bool is_runtime(std::string_view folder) { return under(folder, "runtime"); }

class House {
 public:
  House(const Tree& tree, Findings& findings)
      : tree_(tree), findings_(findings), rooms_(rooms_of(tree)), floors_(floors_of(tree)) {}

  void check() {
    for (const auto& room : rooms_) folder_of_name_[room.name] = room.folder;
    for (const auto& room : rooms_) check_room(room);
    for (const auto& room : rooms_) check_circle(room);
    for (const auto& file : tree_.files) {
      if (is_cpp(file.path)) check_file(file);
    }
    for (const auto& room : rooms_) check_unused(room);
  }

 private:
  void report(const std::string& path, int line, std::string message) {
    findings_.push_back({"floor", path, line, std::move(message)});
  }

  const Floor* floor(std::string_view folder) const {
    const auto it = floors_.find(folder);
    return it == floors_.end() ? nullptr : &it->second;
  }

  void check_room(const Room& room) {
    if (room.name != file_name_of(room.folder)) {
      report(room.file, room.line, "the room is called " + room.name + ", its folder is not");
    }
    const auto* own = floor(room.folder);
    if (own == nullptr) {
      const auto file = std::string(kFloorsFile);
      return report(room.file, room.line, room.folder + " has no floor in " + file);
    }
    for (const auto& name : room.uses) {
      const auto it = folder_of_name_.find(name);
      if (it == folder_of_name_.end()) {
        report(room.file, room.line, "USES " + name + ", which is no room");
      } else if (const auto why = refusal(room.folder, it->second); !why.empty()) {
        report(room.file, room.line, "USES " + name + ": " + why);
      }
    }
    if (own->pure && reaches(room, "engine/storage")) {
      report(room.file, room.line, room.name + " is pure and must not see storage");
    }
  }

  // Why a room may not use the other, or nothing.
  std::string refusal(const std::string& from, const std::string& to) const {
    const auto *low = floor(to), *high = floor(from);
    if (low == nullptr || high == nullptr) return {};
    if (!is_runtime(from) && is_runtime(to)) return "engine never includes runtime";
    if (is_runtime(from) && !is_runtime(to)) {
      if (low->door) return {};
      if (from == "runtime/server" && to == "engine/storage") return {};
      return "it is no part of the engine's door";
    }
    if (low->height < high->height) return {};
    return "its floor (" + std::to_string(low->height) + ") is not below " +
           std::to_string(high->height);
  }

  const Room* room_at(std::string_view folder) const {
    const auto is_it = [&](const Room& room) { return room.folder == folder; };
    const auto it = std::find_if(rooms_.begin(), rooms_.end(), is_it);
    return it == rooms_.end() ? nullptr : &*it;
  }

  bool reaches(const Room& from, std::string_view folder) const {
    std::set<std::string> seen;
    std::vector<const Room*> open{&from};
    while (!open.empty()) {
      const auto* room = open.back();
      open.pop_back();
      for (const auto& name : room->uses) {
        const auto it = folder_of_name_.find(name);
        if (it == folder_of_name_.end() || !seen.insert(name).second) continue;
        if (it->second == folder) return true;
        if (const auto* next = room_at(it->second)) open.push_back(next);
      }
    }
    return false;
  }

  void check_circle(const Room& room) {
    if (reaches(room, room.folder)) report(room.file, room.line, room.name + " is in a circle");
  }

  void check_file(const File& file) {
    const auto own = room_folder_of(file.path);
    const bool engine_test = under(file.path, "tests/engine");
    if (own.empty() && !engine_test) return;
    if (!own.empty() && room_at(own) == nullptr) {
      return report(file.path, 0, own + " has no tenon_room(…) in its CMakeLists.txt");
    }
    for (const auto& include : includes_of(file.text)) {
      const auto other = room_folder_of(include.path);
      if (!include.quoted) continue;
      if (engine_test) {
        if (is_runtime(other)) report(file.path, include.line, "an engine test includes runtime");
      } else if (under(include.path, "tests")) {
        report(file.path, include.line, "includes a test's file");
      } else if (other.empty()) {
        report(file.path, include.line, "write the path from the root: \"" + own + "/…\"");
      } else if (other != own) {
        check_include(file, own, other, include.line);
      }
    }
  }

  void check_include(const File& file, const std::string& own, const std::string& other, int line) {
    used_.insert({own, other});
    if (const auto why = refusal(own, other); !why.empty()) {
      report(file.path, line, "includes " + other + ": " + why);
    }
    const auto& uses = room_at(own)->uses;
    const auto is_other = [&](const std::string& name) {
      const auto it = folder_of_name_.find(name);
      return it != folder_of_name_.end() && it->second == other;
    };
    if (std::none_of(uses.begin(), uses.end(), is_other)) {
      report(file.path, line, "includes " + other + ", which the room does not USE");
    }
  }

  void check_unused(const Room& room) {
    for (const auto& name : room.uses) {
      const auto it = folder_of_name_.find(name);
      if (it == folder_of_name_.end() || used_.contains({room.folder, it->second})) continue;
      report(room.file, room.line, "USES " + name + ", but includes nothing of it");
    }
  }

  const Tree& tree_;
  Findings& findings_;
  std::vector<Room> rooms_;
  std::map<std::string, Floor, std::less<>> floors_;
  std::map<std::string, std::string> folder_of_name_;
  std::set<std::pair<std::string, std::string>> used_;
};

}  // namespace

void check_floors(const Tree& tree, Findings& findings) { House(tree, findings).check(); }

}  // namespace tenon::tidy
