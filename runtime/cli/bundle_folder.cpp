#include "runtime/cli/bundle_folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/json/writer.h"

namespace tenon::cli {

namespace fs = std::filesystem;

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Fault("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(const std::string& path, const std::string& text, bool only_owner) {
  // Made closed before anything is in it.
  if (only_owner) {
    std::ofstream(path, std::ios::binary | std::ios::app).flush();
    ::chmod(path.c_str(), 0600);
  }
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) throw Fault("cannot write " + path);
}

metadata::Files read_bundle(const std::string& folder) {
  if (!fs::is_regular_file(fs::path(folder) / "bundle.json")) {
    throw Fault("there is no bundle in " + folder + ": it has no bundle.json");
  }
  metadata::Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".json") continue;
    files.emplace(fs::relative(entry.path(), folder).generic_string(), read_file(entry.path()));
  }
  return files;
}

void write_files(const std::string& folder, const metadata::Files& files) {
  for (const auto& [name, text] : files) {
    const fs::path path = fs::path(folder) / name;
    if (text.empty()) {
      fs::remove(path);
      continue;
    }
    fs::create_directories(path.parent_path());
    write_file(path, text);
  }
}

std::string design_body(const metadata::Files& files, bool confirm) {
  json::Writer writer;
  writer.begin_object().key("files").begin_object();
  for (const auto& [path, text] : files) writer.key(path).text(text);
  writer.end_object().key("confirm").boolean(confirm).end_object();
  return writer.take();
}

void tell_stories_ahead(const metadata::Files& files) {
  const auto stories = std::count_if(files.begin(), files.end(), [](const auto& file) {
    return file.first.starts_with("stories/");
  });
  if (stories == 0) return;
  std::fprintf(stderr, "Playing %td stories first ...\n", stories);
}

}  // namespace tenon::cli
