#include "runtime/config/config.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "engine/base/suggest.h"
#include "engine/json/document.h"
#include "engine/value/date.h"

namespace tenon::config {
namespace {

using Message = std::string;  // "" where all is well.

Message set_text(std::string& target, std::string_view text) {
  target = text;
  return "";
}

Message set_path(std::string& target, std::string_view text) {
  if (text.empty()) return "must be a path";
  return set_text(target, text);
}

Message set_number(int& target, std::string_view text, int least, int most) {
  int value = 0;
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = failure == std::errc{} && rest == text.data() + text.size();
  if (is_whole && value >= least && value <= most) {
    target = value;
    return "";
  }
  return "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

Message set_switch(bool& target, std::string_view text) {
  if (text != "true" && text != "false") return "must be true or false";
  target = text == "true";
  return "";
}

// "virtual@2027-03-01T09:00:00+08:00" begins there.
Message set_clock(Config& config, std::string_view text) {
  const std::size_t at = text.find('@');
  const std::string_view kind = text.substr(0, at);
  const bool has_start = kind == "virtual" && at != std::string_view::npos;
  const std::string_view start = has_start ? text.substr(at + 1) : "";
  const bool is_known = kind == "virtual" || text == "real";
  if (!is_known || (has_start && !parse_datetime(start))) {
    return "must be real, virtual or virtual@2027-03-01T09:00:00Z";
  }
  config.virtual_clock = kind == "virtual";
  config.clock_from = start;
  return "";
}

constexpr LogLevel kLevels[] = {LogLevel::error, LogLevel::warning, LogLevel::info,
                                LogLevel::debug};

Message set_level(LogLevel& target, std::string_view text) {
  for (const auto level : kLevels) {
    if (name_of(level) != text) continue;
    target = level;
    return "";
  }
  return "must be error, warning, info or debug";
}

// An origin: cookies are secure and requests are compared by it, so nothing may follow the host.
Message set_public_url(std::string& target, std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  const bool is_web = text.starts_with("https://") || text.starts_with("http://");
  const auto host = text.substr(std::min(text.size(), text.find("://") + 3));
  const bool is_origin =
      is_web && !host.empty() && host.find_first_of("/?#@ \\") == std::string_view::npos;
  if (!text.empty() && !is_origin) return "must be like https://example.com, without a path";
  return set_text(target, text);
}

std::string text_of(bool truth) { return truth ? "true" : "false"; }

struct Setting {
  std::string_view name;
  std::string_view help;
  Message (*set)(Config&, std::string_view);
  std::string (*show)(const Config&);
  bool is_switch = false;
};

constexpr Setting kSettings[] = {
    {"data", "folder of the database and files",
     [](Config& c, std::string_view t) { return set_path(c.data, t); },
     [](const Config& c) { return c.data; }},
    {"address", "address to listen on",
     [](Config& c, std::string_view t) { return set_path(c.address, t); },
     [](const Config& c) { return c.address; }},
    {"port", "port to listen on; 0 takes any",
     [](Config& c, std::string_view t) { return set_number(c.port, t, 0, 65535); },
     [](const Config& c) { return std::to_string(c.port); }},
    {"public_url", "address as browsers see it, for links and cookies",
     [](Config& c, std::string_view t) { return set_public_url(c.public_url, t); },
     [](const Config& c) { return c.public_url; }},
    {"web", "folder of the built web client",
     [](Config& c, std::string_view t) { return set_path(c.web, t); },
     [](const Config& c) { return c.web; }},
    {"bundle", "folder to publish into an empty database",
     [](Config& c, std::string_view t) { return set_text(c.bundle, t); },
     [](const Config& c) { return c.bundle; }},
    {"demo", "with sample data and users",
     [](Config& c, std::string_view t) { return set_switch(c.demo, t); },
     [](const Config& c) { return text_of(c.demo); }, true},
    {"watch", "publish again when the bundle's files change",
     [](Config& c, std::string_view t) { return set_switch(c.watch, t); },
     [](const Config& c) { return text_of(c.watch); }, true},
    {"clock", "real, or virtual[@moment] for trying out what happens later",
     [](Config& c, std::string_view t) { return set_clock(c, t); },
     [](const Config& c) {
       const std::string from = c.clock_from.empty() ? "" : "@" + c.clock_from;
       return c.virtual_clock ? "virtual" + from : "real";
     }},
    {"log_level", "error, warning, info or debug",
     [](Config& c, std::string_view t) { return set_level(c.log_level, t); },
     [](const Config& c) { return std::string(name_of(c.log_level)); }},
    {"readers", "database connections for reading",
     [](Config& c, std::string_view t) { return set_number(c.readers, t, 1, 64); },
     [](const Config& c) { return std::to_string(c.readers); }},
    {"workers", "threads for slow work",
     [](Config& c, std::string_view t) { return set_number(c.workers, t, 1, 64); },
     [](const Config& c) { return std::to_string(c.workers); }},
    {"connections", "clients at one time, at most",
     [](Config& c, std::string_view t) { return set_number(c.connections, t, 1, 1'000'000); },
     [](const Config& c) { return std::to_string(c.connections); }},
};

std::string lower_snake(std::string_view name) {
  std::string text(name);
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-') c = '_';
  }
  return text;
}

std::string place_of(Source source, const std::string& name) {
  std::string text = source == Source::flag   ? "--"
                     : source == Source::file ? "tenon.json: "
                                              : "TENON_";
  for (const char c : name) {
    const bool is_letter = c >= 'a' && c <= 'z';
    if (source == Source::environment && is_letter) {
      text += static_cast<char>(c - 'a' + 'A');
    } else {
      text += source == Source::flag && c == '_' ? '-' : c;
    }
  }
  return text;
}

std::string suggestion(const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto& setting : kSettings) names.push_back(setting.name);
  return did_you_mean(name, std::span<const std::string_view>(names));
}

class Loader {
 public:
  Loader() {
    for (const auto& setting : kSettings) {
      loaded_.origins.push_back({setting.name, "", Source::built_in});
    }
  }

  // What is given later does not change what was given before: the strongest source comes first.
  void take(const Given& given, Source source) {
    const std::string name = lower_snake(given.name);
    const auto it = std::find_if(std::begin(kSettings), std::end(kSettings),
                                 [&](const Setting& setting) { return setting.name == name; });
    if (it == std::end(kSettings)) return unknown(name, source);
    if (source == Source::file && name == "data") {
      return problem(source, name, "misplaced", "this file is found by it");
    }
    auto& origin = loaded_.origins[static_cast<std::size_t>(it - std::begin(kSettings))];
    if (origin.source != Source::built_in && origin.source != source) return;
    const Message message = it->set(loaded_.config, given.value);
    if (!message.empty()) problem(source, name, "value", message + ": \"" + given.value + "\"");
    origin.source = source;
  }

  void take_file() {
    const std::filesystem::path path = loaded_.config.file();
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return;
    std::ifstream stream(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(stream), {});
    if (!stream) return problem(Source::file, "", "unreadable", "cannot be read");
    const auto document = json::Document::parse(std::move(text));
    if (!document) return refuse_file(document.error());
    const auto is_object = document->root().expect(json::Kind::object);
    if (!is_object) return refuse_file(is_object.error());
    for (const json::Reader member : document->root()) take_member(member);
  }

  Result<Loaded> finish() {
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    for (std::size_t i = 0; i < loaded_.origins.size(); ++i) {
      loaded_.origins[i].value = kSettings[i].show(loaded_.config);
    }
    return std::move(loaded_);
  }

 private:
  void take_member(json::Reader member) {
    const std::string name(member.name());
    switch (member.kind()) {
      case json::Kind::text: return take({name, std::string(*member.text())}, Source::file);
      case json::Kind::number:
        return take({name, std::string(*member.number_text())}, Source::file);
      case json::Kind::boolean: return take({name, text_of(*member.boolean())}, Source::file);
      case json::Kind::null:
      case json::Kind::array:
      case json::Kind::object:
        return problem(Source::file, name, "type", "must be a text, a number, true or false");
    }
  }

  void unknown(const std::string& name, Source source) {
    // Other programs may have variables that begin like ours.
    if (source == Source::environment) return loaded_.ignored.push_back(place_of(source, name));
    problem(source, name, "unknown", "there is no such setting" + suggestion(name));
  }

  void refuse_file(const Error& error) {
    for (const auto& found : error.problems) {
      problem(Source::file, found.at, found.rule, found.message);
    }
  }

  void problem(Source source, const std::string& name, std::string rule, std::string message) {
    problems_.push_back({place_of(source, name), std::move(rule), std::move(message)});
  }

  Loaded loaded_;
  std::vector<Problem> problems_;
};

}  // namespace

std::string_view name_of(Source source) {
  switch (source) {
    case Source::flag: return "flag";
    case Source::environment: return "environment";
    case Source::file: return "file";
    case Source::built_in: return "default";
  }
  return "";
}

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::error: return "error";
    case LogLevel::warning: return "warning";
    case LogLevel::info: return "info";
    case LogLevel::debug: return "debug";
  }
  return "";
}

std::vector<Given> given_by(const char* const* environment) {
  constexpr std::string_view kPrefix = "TENON_";
  std::vector<Given> given;
  for (; *environment != nullptr; ++environment) {
    const std::string_view one = *environment;
    const auto middle = one.find('=');
    if (!one.starts_with(kPrefix) || middle == std::string_view::npos) continue;
    given.push_back({lower_snake(one.substr(kPrefix.size(), middle - kPrefix.size())),
                     std::string(one.substr(middle + 1))});
  }
  return given;
}

Result<Loaded> load(std::span<const Given> flags, std::span<const Given> environment) {
  Loader loader;
  for (const auto& given : flags) loader.take(given, Source::flag);
  for (const auto& given : environment) loader.take(given, Source::environment);
  loader.take_file();
  return loader.finish();
}

std::vector<SettingHelp> settings() {
  std::vector<SettingHelp> all;
  for (const auto& setting : kSettings)
    all.push_back({setting.name, setting.help, setting.is_switch});
  return all;
}

}  // namespace tenon::config
