// What higher rooms have worked out for one application and want to find again, by a text key.
//
// It goes with its application, so nothing in it can be out of date. Bounded: when it is full it
// begins anew, and what is in use stays alive with its users. Thread-safe.
// The key must name everything the item depends on, the rights of who asks among it.
#pragma once

#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tenon::application {

class Memo {
 public:
  struct Item {
    virtual ~Item() = default;
  };

  std::shared_ptr<const Item> find(std::string_view key) const;  // Null where there is none.
  void keep(std::string key, std::shared_ptr<const Item> item);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const Item>, Hash, std::equal_to<>> items_;
};

}  // namespace tenon::application
