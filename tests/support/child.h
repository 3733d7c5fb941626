// A program run by a test: its output is read, and it can be killed at any moment.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace tenon::support {

class Child {
 public:
  // `environment` ("NAME=value") is added to the test's own.
  Child(const std::vector<std::string>& arguments, const std::vector<std::string>& environment);
  ~Child();  // Kills it.
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // What it has written to its standard output since the last call, waiting at most this long for
  // something; "" after that time and at its end.
  std::string read(int wait_ms);
  pid_t pid() const { return pid_; }
  bool at_end() const { return at_end_; }
  void kill();
  int wait();  // As waitpid answers.

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  bool at_end_ = false;
  int status_ = 0;
};

}  // namespace tenon::support
