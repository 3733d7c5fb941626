#include "runtime/server/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "engine/base/error.h"

namespace tenon::server {
namespace {

// The name of a new folder lives through a power cut once the folder above it is synced.
void sync_parent(const std::string& path) {
  const auto parent = std::filesystem::absolute(path).lexically_normal().parent_path();
  const int folder = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;  // It may be closed to this user.
  const bool synced = ::fsync(folder) == 0;
  ::close(folder);
  if (!synced) throw Fault("cannot sync " + parent.string() + ": " + std::strerror(errno));
}

}  // namespace

DataFolder::DataFolder(const std::string& path) : path_(path) {
  std::error_code failure;
  const bool existed = std::filesystem::is_directory(path, failure);
  std::filesystem::create_directories(path, failure);
  if (failure) throw Fault("cannot make the data folder " + path + ": " + failure.message());
  if (!existed) {
    ::chmod(path.c_str(), 0700);
    sync_parent(path);
  }
  lock_ = ::open((path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) throw Fault("cannot write in " + path + ": " + std::strerror(errno));
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock_);
    throw Fault("another process has the data folder " + path + " open");
  }
}

DataFolder::~DataFolder() { ::close(lock_); }

bool DataFolder::is_locked(const std::string& path) {
  const int file = ::open((path + "/lock").c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return false;
  const bool locked = ::flock(file, LOCK_EX | LOCK_NB) != 0;
  ::close(file);
  return locked;
}

}  // namespace tenon::server
