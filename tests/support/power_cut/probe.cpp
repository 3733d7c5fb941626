// What the self-test runs under the shim: writes in the ways its argument names, then is killed.
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace {

void write_at(const std::string& path, off_t at, const char* text, bool synced) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT, 0600);
  if (pwrite(file, text, std::strlen(text), at) < 0) _exit(1);
  if (synced) fdatasync(file);
  close(file);
}

void sync_folder(const std::string& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  fsync(file);
  close(file);
}

void cut_to(const std::string& path, off_t size, bool synced) {
  const int file = open(path.c_str(), O_WRONLY);
  if (ftruncate(file, size) != 0) _exit(1);
  if (synced) fsync(file);
  close(file);
}

}  // namespace

// probe <folder> <step>...
int main(int count, char** arguments) {
  const std::string folder = arguments[1];
  const std::string file = folder + "/a";
  for (int i = 2; i < count; ++i) {
    const std::string step = arguments[i];
    if (step == "write") write_at(file, 0, "written", false);
    if (step == "write+sync") write_at(file, 0, "synced.", true);
    if (step == "tail") write_at(file, 7, "+tail", false);
    if (step == "cut") cut_to(file, 2, false);
    if (step == "cut+sync") cut_to(file, 2, true);
    if (step == "new+sync") write_at(folder + "/new", 0, "new", true);
    if (step == "rename") std::rename((folder + "/new").c_str(), file.c_str());
    if (step == "unlink") unlink(file.c_str());
    if (step == "folder") sync_folder(folder);
  }
  return raise(SIGKILL);
}
