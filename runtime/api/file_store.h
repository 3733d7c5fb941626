// The bytes of uploaded files: <folder>/aa/<sha256>, written once, the same bytes only once.
//
// store_file() answers when the bytes would survive a power cut: written beside, synced, renamed,
// the folder synced. Throws StorageFull where the disk does not take them.
#pragma once

#include <optional>
#include <string>

namespace tenon::api {

struct StoredFile {
  std::string sha256;  // 64 hexadecimal letters.
  std::size_t size = 0;
};

StoredFile store_file(const std::string& folder, const std::string& bytes);
std::optional<std::string> load_file(const std::string& folder, const std::string& sha256);

}  // namespace tenon::api
