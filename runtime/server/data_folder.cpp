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

DataFolder::DataFolder(const std::string& path) : path_(path) {
  std::error_code failure;
  const bool existed = std::filesystem::is_directory(path, failure);
  std::filesystem::create_directories(path, failure);
  if (failure) throw Fault("cannot make the data folder " + path + ": " + failure.message());
  if (!existed) ::chmod(path.c_str(), 0700);
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
