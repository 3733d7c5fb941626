// What the things of a bundle are called in this run: "<invoice.due_on>" in a test's texts becomes
// the name that the bundle at hand gives to it.
//
//   <object>  <object.field>  <=option>  <@role>  <#view>  <%report>
//
// In the run on the shipped bundle every name is its own; in the run on the renamed one all are
// random. What a test writes between < and > must be known, so that a slip is no passing test.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tenon::api::test {

class Names {
 public:
  void set(const std::string& key, const std::string& name) { names_[key] = name; }
  const std::map<std::string, std::string>& all() const { return names_; }

  const std::string& at(std::string_view key) const {
    const auto known = names_.find(std::string(key));
    if (known == names_.end()) throw std::logic_error("the bundle has no " + std::string(key));
    return known->second;
  }

  std::string expand(std::string_view text) const {
    std::string expanded;
    while (!text.empty()) {
      const auto open = text.find('<');
      expanded += text.substr(0, open);
      if (open == std::string_view::npos) break;
      text.remove_prefix(open);
      const auto close = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.=@#%0123456789", 1);
      if (close == std::string_view::npos || close == 1 || text[close] != '>') {
        expanded += '<';
        text.remove_prefix(1);
        continue;
      }
      expanded += at(text.substr(1, close - 1));
      text.remove_prefix(close + 1);
    }
    return expanded;
  }

 private:
  std::map<std::string, std::string> names_;
};

}  // namespace tenon::api::test
