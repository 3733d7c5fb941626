// Keeps beside a folder what would be left of it after a power cut: README.md says how.
//
// One table of inodes with their written, not yet synced ranges; one lock. Errors of the shim's own
// end the program: a test that goes on without its notes proves nothing.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { kRangesMax = 64, kInodesMax = 1024, kCopyBytes = 1 << 16 };

typedef struct {
  off_t from;
  off_t to;
} Range;

typedef struct {
  dev_t device;
  ino_t inode;
  Range ranges[kRangesMax];
  int count;
} Dirty;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];  // "" where nothing is watched.
static char data_folder[PATH_MAX + 16];
static char tree_folder[PATH_MAX + 16];
static Dirty inodes[kInodesMax];
static int inode_count;

static int (*real_open)(const char*, int, ...);
static int (*real_openat)(int, const char*, int, ...);
static ssize_t (*real_write)(int, const void*, size_t);
static ssize_t (*real_pwrite)(int, const void*, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_rename)(const char*, const char*);
static int (*real_unlink)(const char*);
static int (*real_close)(int);

static void die(const char* doing) {
  fprintf(stderr, "power_cut: %s: %s\n", doing, strerror(errno));
  _exit(99);
}

__attribute__((constructor)) static void start(void) {
  real_open = dlsym(RTLD_NEXT, "open");
  real_openat = dlsym(RTLD_NEXT, "openat");
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_close = dlsym(RTLD_NEXT, "close");
  const char* named = getenv("TENON_POWER_CUT");
  if (named == NULL || named[0] != '/' || strlen(named) + 32 > PATH_MAX) return;
  char top[PATH_MAX + 8];
  snprintf(top, sizeof(top), "%s.synced", named);
  snprintf(data_folder, sizeof(data_folder), "%s/data", top);
  snprintf(tree_folder, sizeof(tree_folder), "%s/tree", top);
  if (mkdir(top, 0700) != 0 && errno != EEXIST) die(top);
  if (mkdir(data_folder, 0700) != 0 && errno != EEXIST) die(data_folder);
  if (mkdir(tree_folder, 0700) != 0 && errno != EEXIST) die(tree_folder);
  strcpy(folder, named);
}

// What follows the watched folder in a path: "" for itself, "/a/b" below; NULL elsewhere.
static const char* below(const char* path) {
  const size_t length = strlen(folder);
  if (length == 0 || strncmp(path, folder, length) != 0) return NULL;
  return path[length] == '\0' || path[length] == '/' ? path + length : NULL;
}

static int path_of(int file, char* path) {
  char link[64];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
  const ssize_t size = readlink(link, path, PATH_MAX - 1);
  if (size < 0) return -1;
  path[size] = '\0';
  return 0;
}

static Dirty* find(const struct stat* status) {
  for (int i = 0; i < inode_count; ++i) {
    if (inodes[i].inode == status->st_ino && inodes[i].device == status->st_dev) return &inodes[i];
  }
  return NULL;
}

static void note_range(Dirty* dirty, off_t from, off_t to) {
  if (from >= to) return;
  Range* last = dirty->count > 0 ? &dirty->ranges[dirty->count - 1] : NULL;
  if (last != NULL && from >= last->from && from <= last->to) {
    if (to > last->to) last->to = to;
    return;
  }
  if (dirty->count == kRangesMax) {  // One range over all of them.
    for (int i = 1; i < dirty->count; ++i) {
      if (dirty->ranges[i].from < dirty->ranges[0].from)
        dirty->ranges[0].from = dirty->ranges[i].from;
      if (dirty->ranges[i].to > dirty->ranges[0].to) dirty->ranges[0].to = dirty->ranges[i].to;
    }
    dirty->count = 1;
  }
  dirty->ranges[dirty->count++] = (Range){from, to};
}

// A file seen for the first time may hold what an earlier process never synced: all of it counts.
static void note_open(int file, int flags) {
  struct stat status;
  char path[PATH_MAX];
  if (folder[0] == '\0' || fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return;
  if (path_of(file, path) != 0 || below(path) == NULL) return;
  pthread_mutex_lock(&lock);
  Dirty* dirty = find(&status);
  const int is_new = dirty == NULL;
  if (is_new) {
    if (inode_count == kInodesMax) die("too many files");
    dirty = &inodes[inode_count++];
    *dirty = (Dirty){.device = status.st_dev, .inode = status.st_ino};
  }
  if (is_new || (flags & O_TRUNC) != 0) note_range(dirty, 0, LLONG_MAX);
  pthread_mutex_unlock(&lock);
}

static void note_write(int file, off_t from, ssize_t size) {
  struct stat status;
  if (folder[0] == '\0' || size <= 0 || fstat(file, &status) != 0) return;
  pthread_mutex_lock(&lock);
  Dirty* dirty = find(&status);
  if (dirty != NULL) note_range(dirty, from, from + size);
  pthread_mutex_unlock(&lock);
}

static void data_path(ino_t inode, char* path) {
  snprintf(path, PATH_MAX + 64, "%s/%llu", data_folder, (unsigned long long)inode);
}

static void copy_range(int from, int to, Range range) {
  static char buffer[kCopyBytes];  // Under the lock.
  for (off_t at = range.from; at < range.to;) {
    const off_t left = range.to - at;
    const ssize_t size = pread(from, buffer, left < kCopyBytes ? (size_t)left : kCopyBytes, at);
    if (size < 0) die("reading what was synced");
    if (size == 0) return;  // It was cut off since.
    if (real_pwrite(to, buffer, (size_t)size, at) != size) die("keeping what was synced");
    at += size;
  }
}

static void keep_file(int file, Dirty* dirty) {
  struct stat status;  // Asked for under the lock: other threads make the file longer.
  if (fstat(file, &status) != 0) die("the size of what was synced");
  char path[PATH_MAX + 64];
  data_path(status.st_ino, path);
  const int to = real_open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (to < 0) die(path);
  char link[64];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
  const int from = real_open(link, O_RDONLY | O_CLOEXEC);  // The given one may be write-only.
  if (from < 0) die(link);
  for (int i = 0; i < dirty->count; ++i) copy_range(from, to, dirty->ranges[i]);
  if (real_ftruncate(to, status.st_size) != 0) die(path);
  real_close(from);
  real_close(to);
  dirty->count = 0;
}

// Makes tree/<name> the content of this inode, in one step.
static void keep_name(const char* tree, const char* name, ino_t inode) {
  char data[PATH_MAX + 64];
  char fresh[PATH_MAX + 64];
  char path[2 * PATH_MAX];
  data_path(inode, data);
  real_close(real_open(data, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));  // Empty if never synced.
  snprintf(fresh, sizeof(fresh), "%s/fresh", data_folder);
  snprintf(path, sizeof(path), "%s/%s", tree, name);
  struct stat kept;
  struct stat named;
  if (stat(data, &kept) != 0) die(data);
  if (stat(path, &named) == 0 && named.st_ino == kept.st_ino) return;
  real_unlink(fresh);
  if (link(data, fresh) != 0 || real_rename(fresh, path) != 0) die(path);
}

static void keep_names(const char* path, const char* tree) {
  DIR* names = opendir(path);
  if (names == NULL) die(path);
  for (struct dirent* name = readdir(names); name != NULL; name = readdir(names)) {
    if (strcmp(name->d_name, ".") == 0 || strcmp(name->d_name, "..") == 0) continue;
    struct stat status;
    if (fstatat(dirfd(names), name->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (S_ISREG(status.st_mode)) keep_name(tree, name->d_name, status.st_ino);
    if (S_ISDIR(status.st_mode)) {
      char child[2 * PATH_MAX];
      snprintf(child, sizeof(child), "%s/%s", tree, name->d_name);
      if (mkdir(child, 0700) != 0 && errno != EEXIST) die(child);
    }
  }
  closedir(names);
}

static void forget_names(const char* path, const char* tree) {
  DIR* names = opendir(tree);
  if (names == NULL) die(tree);
  for (struct dirent* name = readdir(names); name != NULL; name = readdir(names)) {
    char real[2 * PATH_MAX];
    char kept[2 * PATH_MAX];
    snprintf(real, sizeof(real), "%s/%s", path, name->d_name);
    snprintf(kept, sizeof(kept), "%s/%s", tree, name->d_name);
    if (access(real, F_OK) == 0) continue;
    if (real_unlink(kept) != 0) rmdir(kept);
  }
  closedir(names);
}

static void note_sync(int file) {
  struct stat status;
  char path[PATH_MAX];
  if (folder[0] == '\0' || fstat(file, &status) != 0) return;
  pthread_mutex_lock(&lock);
  if (S_ISREG(status.st_mode)) {
    Dirty* dirty = find(&status);
    if (dirty != NULL && status.st_nlink > 0) keep_file(file, dirty);
  } else if (S_ISDIR(status.st_mode) && path_of(file, path) == 0 && below(path) != NULL) {
    char tree[2 * PATH_MAX + 16];
    snprintf(tree, sizeof(tree), "%s%s", tree_folder, below(path));
    keep_names(path, tree);
    forget_names(path, tree);
  }
  pthread_mutex_unlock(&lock);
}

// The number of a file that is gone may be given to another: its notes go with it. A name in the
// tree still holds its content.
static void note_gone(const struct stat* status) {
  pthread_mutex_lock(&lock);
  Dirty* dirty = find(status);
  if (dirty != NULL) {
    char data[PATH_MAX + 64];
    data_path(status->st_ino, data);
    real_unlink(data);
    *dirty = inodes[--inode_count];
  }
  pthread_mutex_unlock(&lock);
}

static mode_t mode_of(int flags, va_list rest) {
  return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const int file = real_open(path, flags, mode_of(flags, rest));
  va_end(rest);
  if (file >= 0) note_open(file, flags);
  return file;
}

int openat(int at, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const int file = real_openat(at, path, flags, mode_of(flags, rest));
  va_end(rest);
  if (file >= 0) note_open(file, flags);
  return file;
}

int open64(const char* path, int flags, ...) __attribute__((alias("open")));
int openat64(int at, const char* path, int flags, ...) __attribute__((alias("openat")));

ssize_t write(int file, const void* bytes, size_t size) {
  const ssize_t written = real_write(file, bytes, size);
  // Behind it, also where the file was opened to append.
  if (folder[0] != '\0' && written > 0) {
    const off_t end = lseek(file, 0, SEEK_CUR);
    if (end >= written) note_write(file, end - written, written);
  }
  return written;
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  const ssize_t written = real_pwrite(file, bytes, size, at);
  note_write(file, at, written);
  return written;
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off_t at)
    __attribute__((alias("pwrite")));

int fsync(int file) {
  const int outcome = real_fsync(file);
  if (outcome == 0) note_sync(file);
  return outcome;
}

int fdatasync(int file) {
  const int outcome = real_fdatasync(file);
  if (outcome == 0) note_sync(file);
  return outcome;
}

// What lies between the old end and the new is gone, or zeros: it counts as written.
int ftruncate(int file, off_t size) {
  struct stat before;
  const int known = fstat(file, &before);
  const int outcome = real_ftruncate(file, size);
  if (outcome == 0 && known == 0) {
    const off_t from = size < before.st_size ? size : before.st_size;
    note_write(file, from, size + before.st_size - 2 * from);
  }
  return outcome;
}

int ftruncate64(int file, off_t size) __attribute__((alias("ftruncate")));

int unlink(const char* path) {
  struct stat status;
  const int known = folder[0] == '\0' ? -1 : lstat(path, &status);
  const int outcome = real_unlink(path);
  if (outcome == 0 && known == 0 && status.st_nlink == 1) note_gone(&status);
  return outcome;
}

int rename(const char* from, const char* to) {
  struct stat status;
  const int known = folder[0] == '\0' ? -1 : lstat(to, &status);
  const int outcome = real_rename(from, to);
  if (outcome == 0 && known == 0 && status.st_nlink == 1) note_gone(&status);
  return outcome;
}
