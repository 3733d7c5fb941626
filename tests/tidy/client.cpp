// The web client's borders: the widget library behind its facade, Enter behind submit_key, and
// which package may import which.
#include "tests/tidy/finding.h"
#include "tests/tidy/scan.h"

namespace tenon::tidy {
namespace {

constexpr std::string_view kFacade = "runtime/web-kit/src/ui";
constexpr std::string_view kEnter = "runtime/web-kit/src/a11y/submit_key.ts";

struct Package {
  std::string_view folder;
  std::string_view import;
  std::string_view may_import;  // Of the three; itself always.
};
constexpr Package kPackages[] = {
    {"runtime/web-kit", "@tenon/web-kit", ""},
    {"runtime/web", "@tenon/web", "@tenon/web-kit"},
    {"designer", "@tenon/designer", "@tenon/web-kit"},
};

bool is_or_under(std::string_view path, std::string_view folder) {
  return path == folder || under(path, folder);
}

// "a/b/../c" of the folder "a/b" and the import "../c".
std::string resolved(std::string_view folder, std::string_view import) {
  std::vector<std::string_view> parts = split(folder, "/");
  for (const auto part : split(import, "/")) {
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (part != ".") {
      parts.push_back(part);
    }
  }
  std::string path;
  for (const auto part : parts) path += (path.empty() ? "" : "/") + std::string(part);
  return path;
}

const Package* package_of(std::string_view path) {
  for (const auto& package : kPackages) {
    if (under(path, package.folder)) return &package;
  }
  return nullptr;
}

class Reader {
 public:
  Reader(const File& file, Findings& findings)
      : file_(file), findings_(findings), tokens_(scan(file.text, Language::typescript)) {}

  void check() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind != Token::Kind::text) continue;
      if (tokens_[i].text == "Enter" && file_.path != kEnter && is_compared(i)) {
        report(i, "Enter may end an input method's word: use isSubmitKey of submit_key.ts");
      }
      if (is_import(i)) check_import(i);
    }
  }

 private:
  void report(std::size_t i, std::string message) {
    findings_.push_back({"client", file_.path, tokens_[i].line, std::move(message)});
  }

  bool is(std::size_t i, std::string_view text) const { return tokens_[i].text == text; }

  bool is_compared(std::size_t i) const {
    if (i >= 1 && is(i - 1, "case")) return true;
    return i >= 2 && is(i - 1, "=") && is(i - 2, "=");
  }

  bool is_import(std::size_t i) const {
    if (i >= 1 && (is(i - 1, "from") || is(i - 1, "import"))) return true;
    return i >= 2 && is(i - 1, "(") && is(i - 2, "import");
  }

  void check_import(std::size_t i) {
    const auto import = tokens_[i].text;
    if (import.starts_with("@mantine/") && !under(file_.path, kFacade)) {
      report(i, "the widget library is imported in " + std::string(kFacade) + " only");
    }
    const auto* own = package_of(file_.path);
    if (own == nullptr) return;
    const auto path = resolved(folder_of(file_.path), import);
    for (const auto& other : kPackages) {
      const bool meant = is_or_under(import, other.import) ||
                         (import.starts_with('.') && is_or_under(path, other.folder));
      if (!meant || &other == own) continue;
      if (other.import == own->may_import) continue;
      report(i, std::string(own->folder) + " does not import " + std::string(other.folder));
    }
  }

  const File& file_;
  Findings& findings_;
  std::vector<Token> tokens_;
};

}  // namespace

void check_client(const Tree& tree, Findings& findings) {
  for (const auto& file : tree.files) {
    if (is_typescript(file.path)) Reader(file, findings).check();
  }
}

}  // namespace tenon::tidy
