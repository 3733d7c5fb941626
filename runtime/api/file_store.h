// The bytes of uploaded files: <folder>/aa/<sha256>, written once, the same bytes only once.
//
// store_file() answers when the bytes would survive a power cut: written beside, synced, renamed,
// the folder synced. Throws StorageFull where the disk does not take them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "engine/base/result.h"

namespace tenon::api {

struct StoredFile {
  std::string sha256;  // 64 hexadecimal letters.
  std::size_t size = 0;
};

StoredFile store_file(const std::string& folder, const std::string& bytes);
// Removes bytes that nothing needs. `busy` where they were stored within the last hour: the record
// of that upload may be on its way. `is_needed` is asked while no upload can come in between.
Result<void> remove_file(const std::string& folder, const std::string& sha256, std::int64_t now_ms,
                         const std::function<bool()>& is_needed);
std::optional<std::string> load_file(const std::string& folder, const std::string& sha256);

}  // namespace tenon::api
