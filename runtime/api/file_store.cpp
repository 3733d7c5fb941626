#include "runtime/api/file_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <mutex>
#include <sstream>

#include "engine/base/error.h"
#include "runtime/auth/secret.h"

namespace tenon::api {
namespace {

[[noreturn]] void fail(const std::string& what, const std::string& path) {
  const std::string text = what + " " + path + ": " + std::strerror(errno);
  if (errno == ENOSPC || errno == EROFS || errno == EDQUOT) throw StorageFull(text);
  throw Fault(text);
}

constexpr std::int64_t kFreshMs = 3'600'000;

// Closes at the end of its life.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags) : number_(::open(path.c_str(), flags, 0600)) {
    if (number_ < 0) fail("cannot open", path);
  }
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

void sync_folder(const std::string& path) {
  const Descriptor folder(path, O_RDONLY | O_DIRECTORY);
  if (::fsync(folder.number()) != 0) fail("cannot sync", path);
}

// Its name is durable, also where another upload has made it and not come that far.
void make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("cannot make", path);
  sync_folder(path.substr(0, path.find_last_of('/')));
}

void write_synced(const std::string& path, const std::string& bytes) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  for (std::size_t done = 0; done < bytes.size();) {
    const auto wrote = ::write(file.number(), bytes.data() + done, bytes.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) fail("cannot write", path);
    done += static_cast<std::size_t>(wrote);
  }
  if (::fsync(file.number()) != 0) fail("cannot sync", path);
}

// Between an upload that finds its bytes there and a removal of the same.
std::mutex& bytes_mutex() {
  static std::mutex mutex;
  return mutex;
}

// Whether the file is there; it counts as stored now.
bool touch(const std::string& path) {
  const std::lock_guard lock(bytes_mutex());
  return ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0;
}

bool is_hash(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string path_of(const std::string& folder, const std::string& sha256) {
  return folder + "/" + sha256.substr(0, 2) + "/" + sha256;
}

}  // namespace

StoredFile store_file(const std::string& folder, const std::string& bytes) {
  StoredFile stored{auth::sha256(bytes), bytes.size()};
  const std::string shelf = folder + "/" + stored.sha256.substr(0, 2);
  const std::string path = shelf + "/" + stored.sha256;
  make_folder(folder);
  make_folder(shelf);
  if (!touch(path)) {
    const std::string beside = path + "." + auth::random_token().substr(0, 8);
    write_synced(beside, bytes);
    if (::rename(beside.c_str(), path.c_str()) != 0) fail("cannot rename", beside);
  }
  sync_folder(shelf);
  return stored;
}

Result<void> remove_file(const std::string& folder, const std::string& sha256, std::int64_t now_ms,
                         const std::function<bool()>& is_needed) {
  if (!is_hash(sha256)) return Error::invalid("sha256", "sha256", "is no hash of a file");
  const std::string path = path_of(folder, sha256);
  const std::lock_guard lock(bytes_mutex());
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return done();
  if (now_ms - std::int64_t{facts.st_mtim.tv_sec} * 1'000 < kFreshMs) {
    return Error::of(ErrorCode::busy, "sha256", "fresh", "the bytes were stored just now");
  }
  if (!is_needed() && ::unlink(path.c_str()) != 0) fail("cannot remove", path);
  return done();
}

std::optional<std::string> load_file(const std::string& folder, const std::string& sha256) {
  if (!is_hash(sha256)) return std::nullopt;
  std::ifstream file(path_of(folder, sha256), std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace tenon::api
