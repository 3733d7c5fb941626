#include "tests/support/child.h"

#include <csignal>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace tenon::support {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Child::Child(const std::vector<std::string>& arguments,
             const std::vector<std::string>& environment) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::vector<std::string> words = arguments;
  std::vector<std::string> settings = environment;
  for (char** own = environ; *own != nullptr; ++own) settings.emplace_back(*own);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  const int failure = posix_spawn(&pid_, words[0].c_str(), &actions, nullptr,
                                  pointers(words).data(), pointers(settings).data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  output_ = ends[0];
  if (failure != 0) throw std::runtime_error("cannot start " + words[0]);
}

Child::~Child() {
  kill();
  close(output_);
}

std::string Child::read(int wait_ms) {
  pollfd waiting{.fd = output_, .events = POLLIN, .revents = 0};
  if (at_end_ || poll(&waiting, 1, wait_ms) <= 0) return "";
  std::string text(1 << 16, '\0');
  const ssize_t size = ::read(output_, text.data(), text.size());
  at_end_ = size <= 0;
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}

void Child::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  wait();
}

int Child::wait() {
  if (pid_ >= 0) waitpid(pid_, &status_, 0);
  pid_ = -1;
  return status_;
}

}  // namespace tenon::support
