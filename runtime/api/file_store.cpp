#include "runtime/api/file_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
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

}  // namespace

StoredFile store_file(const std::string& folder, const std::string& bytes) {
  StoredFile stored{auth::sha256(bytes), bytes.size()};
  const std::string shelf = folder + "/" + stored.sha256.substr(0, 2);
  const std::string path = shelf + "/" + stored.sha256;
  make_folder(folder);
  make_folder(shelf);
  if (::access(path.c_str(), F_OK) != 0) {
    const std::string beside = path + "." + auth::random_token().substr(0, 8);
    write_synced(beside, bytes);
    if (::rename(beside.c_str(), path.c_str()) != 0) fail("cannot rename", beside);
  }
  sync_folder(shelf);
  return stored;
}

std::optional<std::string> load_file(const std::string& folder, const std::string& sha256) {
  const bool is_hash =
      sha256.size() == 64 && sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hash) return std::nullopt;
  std::ifstream file(folder + "/" + sha256.substr(0, 2) + "/" + sha256, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace tenon::api
