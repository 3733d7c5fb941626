// A bundle on the disk: its files as texts, and changes written back.
#pragma once

#include <string>

#include "engine/metadata/bundle.h"

namespace tenon::cli {

// Every .json below the folder. Throws Fault where the folder cannot be read or has no bundle.json.
metadata::Files read_bundle(const std::string& folder);
// An empty text removes the file.
void write_files(const std::string& folder, const metadata::Files& files);
std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text, bool only_owner = false);
// {"files": {...}, "confirm": …}, as /design takes it.
std::string design_body(const metadata::Files& files, bool confirm);
// A publish plays them first, which takes a while: says so, where there are any.
void tell_stories_ahead(const metadata::Files& files);

}  // namespace tenon::cli
