// Sizes: where reading stops to be easy. The limits are those of CONTRIBUTING.md.
#include "tests/tidy/finding.h"

namespace tenon::tidy {
namespace {

constexpr std::size_t kColumnsMax = 100;

struct Limit {
  std::string_view what;
  std::size_t lines_max;
};

bool is_test(std::string_view path) {
  return path.ends_with("_test.cpp") || path.ends_with(".test.ts") || path.ends_with(".test.tsx");
}

Limit limit_of(std::string_view path) {
  if (is_test(path)) return {"a test", 600};
  const auto extension = extension_of(path);
  if (extension == ".h") return {"a header", 250};
  if (extension == ".tsx") return {"a component", 250};
  return {"a source", 500};
}

bool is_measured(std::string_view path) {
  return is_cpp(path) || is_typescript(path) || extension_of(path) == ".mjs";
}

std::size_t columns_of(std::string_view line) {
  std::size_t columns = 0;
  for (const char c : line) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;  // within a code point
    columns += continues ? 0 : 1;
  }
  return columns;
}

void check_lines(const File& file, Findings& findings) {
  int number = 0;
  for (const auto line : lines_of(file.text)) {
    ++number;
    const auto columns = columns_of(line);
    if (columns <= kColumnsMax) continue;
    findings.push_back(
        {"line", file.path, number,
         std::to_string(columns) + " columns; the limit is " + std::to_string(kColumnsMax)});
  }
}

}  // namespace

void check_sizes(const Tree& tree, Findings& findings) {
  for (const auto& file : tree.files) {
    if (is_cpp(file.path)) check_lines(file, findings);
    if (!is_measured(file.path)) continue;
    const auto limit = limit_of(file.path);
    const auto lines = lines_of(file.text).size();
    if (lines <= limit.lines_max) continue;
    findings.push_back({"size", file.path, 0,
                        std::to_string(lines) + " lines; " + std::string(limit.what) +
                            " has at most " + std::to_string(limit.lines_max)});
  }
}

}  // namespace tenon::tidy
