// One room per foreign library; Beast in few translation units; no threads or clocks in the engine.
#include <algorithm>
#include <map>
#include <set>

#include "tests/tidy/finding.h"
#include "tests/tidy/rooms.h"
#include "tests/tidy/scan.h"

namespace tenon::tidy {
namespace {

constexpr int kBeastUnitsMax = 3;

struct Foreign {
  std::string_view start;  // How the included path begins.
  std::string_view rooms;  // Where it may: folders, with spaces between.
};

constexpr Foreign kForeign[] = {
    {"rapidjson/", "engine/json"},
    {"unicode/", "engine/text"},
    {"re2/", "engine/text"},
    {"phonenumbers/", "engine/text"},
    {"date/", "engine/calendar"},
    {"sqlite3", "engine/storage"},
    {"libpq", "engine/storage"},
    {"lua", "engine/script"},
    {"gumbo", "engine/html"},
    {"pango/", "engine/document"},
    {"cairo", "engine/document"},
    {"xlsxwriter", "engine/sheet"},
    {"zip.h", "engine/sheet"},
    {"pugixml", "engine/sheet"},
    {"zlib.h", "engine/sheet runtime/http"},
    {"brotli/", "runtime/http"},
    {"zstd.h", "runtime/http"},
    {"boost/", "runtime"},
    {"sodium", "runtime/auth runtime/http runtime/connectors"},
    {"openssl/", "runtime/auth runtime/http runtime/connectors"},
    {"curl/", "runtime/auth runtime/http runtime/connectors"},
    {"spdlog/", "runtime"},
    {"CLI/", "runtime/cli runtime/config"},
    {"thread", "runtime"},
    {"future", "runtime"},
    {"random", "runtime"},
    {"condition_variable", "runtime engine/storage"},
    {"sys/socket.h", "runtime"},
};

// Names that ask the machine; the engine is told instead.
constexpr std::string_view kMachine[] = {"system_clock", "steady_clock", "getenv", "random_device"};

bool may_include(std::string_view path, std::string_view rooms) {
  const auto parts = split(rooms, " ");
  return std::any_of(parts.begin(), parts.end(), [&](auto room) { return under(path, room); });
}

void check_file(const File& file, Findings& findings) {
  for (const auto& include : includes_of(file.text)) {
    if (under(include.path, "engine") || under(include.path, "runtime")) continue;
    for (const auto& [start, rooms] : kForeign) {
      // A header of the standard library stands for itself: "thread" is not "threads.h".
      const bool whole = start.find_first_of("/.") == std::string_view::npos && !include.quoted &&
                         include.path.find_first_of("/.") == std::string_view::npos;
      const bool meant = whole ? include.path == start : include.path.starts_with(start);
      if (!meant || may_include(file.path, rooms)) continue;
      findings.push_back({"foreign", file.path, include.line,
                          "<" + include.path + "> belongs in " + std::string(rooms) + " only"});
    }
  }
  if (!under(file.path, "engine")) return;
  for (const auto& token : scan(file.text, Language::cpp)) {
    if (token.kind != Token::Kind::name) continue;
    for (const auto word : kMachine) {
      if (token.text != word) continue;
      findings.push_back({"foreign", file.path, token.line,
                          std::string(word) + ": the engine does not ask the machine"});
    }
  }
}

class Beast {
 public:
  explicit Beast(const Tree& tree) : tree_(tree) {}

  bool seen_by(const std::string& path) {
    if (const auto it = known_.find(path); it != known_.end()) return it->second;
    known_[path] = false;  // Ends a circle of includes.
    const auto* file = tree_.find(path);
    if (file == nullptr) return false;
    bool seen = false;
    for (const auto& include : includes_of(file->text)) {
      seen = seen || include.path.starts_with("boost/beast") ||
             (under(include.path, "runtime") && seen_by(include.path));
    }
    return known_[path] = seen;
  }

 private:
  const Tree& tree_;
  std::map<std::string, bool> known_;
};

}  // namespace

void check_foreign(const Tree& tree, Findings& findings) {
  Beast beast(tree);
  int units = 0;
  for (const auto& file : tree.files) {
    const bool own = under(file.path, "engine") || under(file.path, "runtime");
    if (!own || !is_cpp(file.path)) continue;
    check_file(file, findings);
    if (extension_of(file.path) != ".cpp" || !beast.seen_by(file.path)) continue;
    if (++units <= kBeastUnitsMax) continue;
    findings.push_back({"foreign", file.path, 0,
                        "sees Beast, as more than " + std::to_string(kBeastUnitsMax) +
                            " translation units do: keep it behind a plain interface"});
  }
}

}  // namespace tenon::tidy
