#include <algorithm>
#include <tuple>

#include "tests/tidy/finding.h"

namespace tenon::tidy {
namespace {

constexpr std::string_view kFile = "tests/tidy/exceptions.txt";

struct Exception {
  std::string_view rule;
  std::string_view path;
  int line = 0;
  bool has_reason = false;
  bool used = false;
};

std::vector<Exception> exceptions_of(const Tree& tree) {
  std::vector<Exception> exceptions;
  const auto* file = tree.find(kFile);
  int number = 0;
  for (const auto line : lines_of(file == nullptr ? std::string_view() : file->text)) {
    ++number;
    const auto words = split(line, " \t");
    if (words.empty() || words[0].starts_with('#')) continue;
    const auto path = words.size() > 1 ? words[1] : std::string_view();
    exceptions.push_back({words[0], path, number, words.size() > 3, false});
  }
  return exceptions;
}

}  // namespace

Findings check(const Tree& tree) {
  Findings findings;
  check_floors(tree, findings);
  check_foreign(tree, findings);
  check_sizes(tree, findings);
  check_functions(tree, findings);
  check_names(tree, findings);
  check_client(tree, findings);
  check_words(tree, findings);

  auto exceptions = exceptions_of(tree);
  const auto excused = [&](const Finding& finding) {
    for (auto& exception : exceptions) {
      if (exception.rule != finding.rule || exception.path != finding.path) continue;
      exception.used = true;
      return true;
    }
    return false;
  };
  findings.erase(std::remove_if(findings.begin(), findings.end(), excused), findings.end());
  for (const auto& [rule, path, line, has_reason, used] : exceptions) {
    if (!has_reason) findings.push_back({"exception", std::string(kFile), line, "gives no reason"});
    if (!used)
      findings.push_back({"exception", std::string(kFile), line, "excuses nothing: delete it"});
  }
  std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.path, a.line, a.rule) < std::tie(b.path, b.line, b.rule);
  });
  return findings;
}

}  // namespace tenon::tidy
