// tidy [ROOT]: checks the house rules over the tree; prints findings as path:line, exits 1 if any.
#include <iostream>

#include "tests/tidy/finding.h"

int main(int count, char** arguments) {
  const auto tree = tenon::tidy::read_tree(count > 1 ? arguments[1] : ".");
  const auto findings = tenon::tidy::check(tree);
  for (const auto& [rule, path, line, message] : findings) {
    std::cout << path;
    if (line > 0) std::cout << ':' << line;
    std::cout << ": " << rule << ": " << message << '\n';
  }
  std::cout << "tidy: " << tree.files.size() << " files, " << findings.size() << " findings\n";
  return findings.empty() ? 0 : 1;
}
