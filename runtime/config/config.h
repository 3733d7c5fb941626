// The settings of a process: by flag, else by environment (TENON_*), else by <data>/tenon.json.
//
// All three are texts of the same names and go through one table (config.cpp), so a setting cannot
// be spelt or checked differently in one of them. Each knows where it came from, for `tenon
// doctor`. Problems are collected, each naming its place: "--port", "TENON_PORT", "tenon.json:
// port". Nothing here makes a process weaker by being absent (safety.md): the defaults are the safe
// ones.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tenon::config {

enum class Source : std::uint8_t { flag, environment, file, built_in };
std::string_view name_of(Source source);

enum class LogLevel : std::uint8_t { error, warning, info, debug };
std::string_view name_of(LogLevel level);

struct Config {
  std::string data = "data";          // The folder of the database, files and the local socket.
  std::string address = "127.0.0.1";  // To listen on. "0.0.0.0": every one this machine has.
  int port = 8080;                    // 0: any that is free.
  std::string public_url;             // As browsers see it: "https://example.com"; "" unknown.
  std::string web = "build/web";      // The folder of the built web client.
  std::string bundle;                 // To publish into an empty database; "" none.
  bool demo = false;                  // With sample data and users.
  bool watch = false;                 // Publish again when the bundle's files change.
  bool virtual_clock = false;         // The business clock stands until it is told to go on.
  std::string clock_from;             // Where it begins in a new data folder; "": at this moment.
  LogLevel log_level = LogLevel::info;
  int readers = 2;           // Database connections for reading.
  int workers = 2;           // Threads for slow work.
  int connections = 10'000;  // At most, at one time.

  std::string local_socket() const { return data + "/tenon.sock"; }
  std::string file() const { return data + "/tenon.json"; }
};

// One setting as it is in force.
struct Origin {
  std::string_view name;  // "public_url"; the flag is --public-url, the variable TENON_PUBLIC_URL.
  std::string value;
  Source source;
};

struct Loaded {
  Config config;
  std::vector<Origin> origins;       // Every setting, in the order of the table.
  std::vector<std::string> ignored;  // TENON_ variables that name no setting: perhaps misspelt.
};

// A text given for a setting, of which the name may have dashes or be in upper case.
struct Given {
  std::string name;
  std::string value;
};

// "TENON_PORT=80" → {"port", "80"}; others are left out. For main's environ.
std::vector<Given> given_by(const char* const* environment);

// Refused as `invalid` with every problem there is. Reads <data>/tenon.json where there is one.
Result<Loaded> load(std::span<const Given> flags, std::span<const Given> environment);

struct SettingHelp {
  std::string_view name;
  std::string_view help;
  bool is_switch;  // A flag without a value.
};
std::vector<SettingHelp> settings();  // For --help and the command line's parser.

}  // namespace tenon::config
