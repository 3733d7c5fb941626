#include "tests/support/power_cut/restore.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>

#include <sys/stat.h>

namespace tenon::support {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSectorBytes = 512;

std::string read_file(const fs::path& path) {
  std::string bytes(fs::file_size(path), '\0');
  std::ifstream(path, std::ios::binary).read(bytes.data(), static_cast<long>(bytes.size()));
  return bytes;
}

void write_file(const fs::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::optional<std::uint64_t> inode_of(const fs::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  return status.st_ino;
}

// Decides, sector by sector, what of the writes under way had reached the disk.
std::string mixed(const std::string& synced, const std::string& written, std::mt19937_64& coins) {
  std::string mix = synced;
  if (coins() % 2 == 0) mix.resize(written.size(), '\0');
  for (std::size_t at = 0; at < std::min(mix.size(), written.size()); at += kSectorBytes) {
    const std::size_t size = std::min({kSectorBytes, mix.size() - at, written.size() - at});
    if (coins() % 2 == 0) mix.replace(at, size, written, at, size);
  }
  return mix;
}

class PowerCut {
 public:
  PowerCut(fs::path folder, std::uint64_t seed)
      : folder_(std::move(folder)),
        notes_(folder_.string() + ".synced"),
        seed_(seed),
        coins_(seed) {}

  void run() {
    const fs::path left = folder_.string() + ".left";
    fs::remove_all(left);
    fs::create_directory(left);
    if (fs::exists(notes_ / "tree")) restore_into(left);
    fs::remove_all(folder_);
    fs::rename(left, folder_);
    note_anew();
  }

 private:
  // In the order of the names: the same seed gives the same folder.
  static std::vector<fs::path> entries_below(const fs::path& folder) {
    std::vector<fs::path> entries;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      entries.push_back(entry.path().lexically_relative(folder));
    }
    std::sort(entries.begin(), entries.end());
    return entries;
  }

  void restore_into(const fs::path& left) {
    const fs::path tree = notes_ / "tree";
    for (const fs::path& name : entries_below(tree)) {
      if (fs::is_directory(tree / name)) {
        fs::create_directories(left / name);
      } else if (!name.string().ends_with("-shm")) {
        write_file(left / name, content_of(name));
      }
    }
  }

  std::string content_of(const fs::path& name) {
    const fs::path kept = notes_ / "tree" / name;
    std::string synced = read_file(kept);
    const auto inode = inode_of(folder_ / name);
    const bool is_same =
        inode && inode_of(notes_ / "data" / std::to_string(*inode)) == inode_of(kept);
    if (seed_ == 0 || !is_same) return synced;
    return mixed(synced, read_file(folder_ / name), coins_);
  }

  // What is there now has been on the disk: it is the next run's beginning.
  void note_anew() {
    fs::remove_all(notes_);
    fs::create_directories(notes_ / "data");
    fs::create_directories(notes_ / "tree");
    for (const fs::path& name : entries_below(folder_)) {
      if (fs::is_directory(folder_ / name)) {
        fs::create_directories(notes_ / "tree" / name);
        continue;
      }
      const fs::path data = notes_ / "data" / std::to_string(*inode_of(folder_ / name));
      fs::copy_file(folder_ / name, data);
      fs::create_hard_link(data, notes_ / "tree" / name);
    }
  }

  fs::path folder_;
  fs::path notes_;
  std::uint64_t seed_;
  std::mt19937_64 coins_;
};

}  // namespace

void cut_power(const std::string& folder, std::uint64_t seed) { PowerCut(folder, seed).run(); }

}  // namespace tenon::support
