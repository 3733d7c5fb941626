// Counts failed sign-ins, by login and by peer, so that passwords cannot be tried out.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace tenon::api {

// Ten failures within five minutes close a key for the rest of them. Thread-safe; forgets old keys.
class Attempts {
 public:
  bool is_closed(const std::string& key, std::int64_t now_ms);
  void failed(const std::string& key, std::int64_t now_ms);
  void succeeded(const std::string& key);

 private:
  struct Count {
    int failures = 0;
    std::int64_t since_ms = 0;
  };
  std::mutex mutex_;
  std::unordered_map<std::string, Count> counts_;
};

}  // namespace tenon::api
