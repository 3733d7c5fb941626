// The folder that holds everything: database, files, lock, socket. One process at a time.
#pragma once

#include <string>

namespace tenon::server {

class DataFolder {
 public:
  // Makes the folder where it is missing (mode 700) and takes its lock. Throws Fault.
  explicit DataFolder(const std::string& path);
  ~DataFolder();
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  std::string database() const { return path_ + "/tenon.db"; }
  std::string files() const { return path_ + "/files"; }

  static std::string socket(const std::string& path) { return path + "/tenon.sock"; }
  // Whether another process has it open.
  static bool is_locked(const std::string& path);

 private:
  std::string path_;
  int lock_ = -1;
};

}  // namespace tenon::server
