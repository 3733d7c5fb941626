// tenon: one program; its first argument says what it does.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>

#include "runtime/auth/secret.h"
#include "runtime/cli/commands.h"
#include "runtime/cli/problem_text.h"

namespace tenon::cli {
namespace {

constexpr int kUsage = 2;
constexpr int kFault = 70;

// What the arguments were read into; a command runs when all of them are known to be right.
struct Arguments {
  std::map<std::string, std::string> settings;
  std::map<std::string, bool> switches;
  std::string bundle;
  std::string what;
  std::string new_name;
  std::string file;
  std::string token_name = "command line";
  ImportArguments import;
  std::vector<std::string> benches;
  std::vector<std::string> stories;
  UserArguments user;
  bool json = false;
  bool confirm = false;
};

Result<config::Loaded> load_settings(const Arguments& arguments) {
  std::vector<config::Given> flags;
  for (const auto& [name, value] : arguments.settings) {
    if (!value.empty()) flags.push_back({name, value});
  }
  for (const auto& [name, on] : arguments.switches) {
    if (on) flags.push_back({name, "true"});
  }
  return config::load(flags, config::given_by(environ));
}

void add_settings(CLI::App& command, Arguments& arguments) {
  for (const config::SettingHelp& setting : config::settings()) {
    std::string flag = "--" + std::string(setting.name);
    for (char& c : flag) c = c == '_' ? '-' : c;
    const std::string name(setting.name);
    if (setting.is_switch) {
      command.add_flag(flag, arguments.switches[name], std::string(setting.help));
    } else {
      command.add_option(flag, arguments.settings[name], std::string(setting.help));
    }
  }
}

using Run = std::function<int(const config::Loaded&)>;

class CommandLine {
 public:
  CommandLine() : app_("Tenon: applications out of definitions.", "tenon") {
    app_.require_subcommand(1);
    serving();
    designing();
    importing();
    people();
  }

  int run(int count, char** texts) {
    try {
      app_.parse(count, texts);
    } catch (const CLI::ParseError& error) {
      return app_.exit(error) == 0 ? 0 : kUsage;
    }
    const auto loaded = load_settings(arguments_);
    if (!loaded) {
      std::fputs(lines_of(loaded.error()).c_str(), stderr);
      return kUsage;
    }
    return run_(*loaded);
  }

 private:
  CLI::App& command(const std::string& name, const std::string& about, Run run) {
    CLI::App& added = *app_.add_subcommand(name, about);
    add_data(added);
    added.callback([this, run = std::move(run)] { run_ = run; });
    return added;
  }

  void add_data(CLI::App& added) {
    added.add_option("--data", arguments_.settings["data"], "The data folder (TENON_DATA)");
    added.add_flag("--json", arguments_.json, "For programs");
  }

  void serving() {
    CLI::App& added = *app_.add_subcommand("serve", "Serves the application");
    add_settings(added, arguments_);
    added.callback([this] { run_ = [](const config::Loaded& loaded) { return serve(loaded); }; });
    command("doctor", "Shows the settings in force and what is wrong",
            [this](const config::Loaded& loaded) { return doctor(loaded, arguments_.json); });
    command("bench", "Measures how fast it is on this machine, and whether that is enough",
            [this](const config::Loaded& loaded) {
              return bench(loaded, arguments_.benches, arguments_.json);
            })
        .add_option("NAME", arguments_.benches, "read, create, list, start, memory; none: all");
  }

  void designing() {
    auto& a = arguments_;
    const auto bundle = [&a](CLI::App& added) -> CLI::App& {
      added.add_option("BUNDLE", a.bundle, "The bundle's folder")->required();
      return added;
    };
    bundle(command("check", "Finds everything that is wrong with a bundle",
                   [&a](const config::Loaded&) { return check_bundle(a.bundle, a.json); }));
    bundle(command("plan", "Says what publishing a bundle would change",
                   [&a](const config::Loaded& loaded) {
                     return plan_bundle(loaded.config.data, a.bundle, a.json);
                   }));
    bundle(command("publish", "Publishes a bundle; a running server goes on with it at once",
                   [&a](const config::Loaded& loaded) {
                     return publish_bundle(loaded.config.data, a.bundle, a.confirm, a.json);
                   }))
        .add_flag("--confirm", a.confirm, "Also where fields with data go away");
    command("story", "Carries out a bundle's stories, and says what differs",
            [&a](const config::Loaded&) { return tell_stories(a.stories, a.json); })
        .add_option("BUNDLE|FILE", a.stories, "A bundle's folder, or a story in it")
        ->required();
    CLI::App& rename = bundle(command(
        "rename", "Renames a field or object in a bundle, with everything that refers to it",
        [&a](const config::Loaded&) { return rename_in_bundle(a.bundle, a.what, a.new_name); }));
    rename.add_option("WHAT", a.what, "object.field, or object")->required();
    rename.add_option("NEW", a.new_name, "The new name")->required();
  }

  void importing() {
    auto& a = arguments_;
    CLI::App& import = command("import", "Imports a CSV file", [&a](const config::Loaded& loaded) {
      return import_csv(loaded.config.data, a.import, a.json);
    });
    import.add_option("OBJECT", a.import.object, "The object")->required();
    import.add_option("FILE", a.import.file, "The CSV file")->required();
    import.add_option("--map", a.import.map, "The mapping; without it columns are named as fields");
    import.add_option("--rejects", a.import.rejects, "Where the refused rows go");
    command(
        "query", "Answers a query: groups, measures, totals",
        [&a](const config::Loaded& loaded) { return query(loaded.config.data, a.file, a.json); })
        .add_option("BODY", a.file, "A file with the body of POST /query, or -")
        ->required();
  }

  void people() {
    auto& a = arguments_;
    CLI::App& user = *app_.add_subcommand("user", "People and their passwords");
    user.require_subcommand(1);
    const auto sub = [&](CLI::App& parent, const std::string& name, const std::string& about,
                         Run run) -> CLI::App& {
      CLI::App& added = *parent.add_subcommand(name, about);
      add_data(added);
      added.callback([this, run = std::move(run)] { run_ = run; });
      return added;
    };
    sub(user, "list", "Lists them",
        [&a](const config::Loaded& loaded) { return list_users(loaded.config.data, a.json); });
    CLI::App& add = sub(user, "add", "Adds somebody", [&a](const config::Loaded& loaded) {
      return add_user(loaded.config.data, a.user);
    });
    add.add_option("LOGIN", a.user.login)->required();
    add.add_option("--name", a.user.name, "As others see it");
    add.add_option("--role", a.user.roles, "May be given several times");
    sub(user, "password", "Gives somebody a new password",
        [&a](const config::Loaded& loaded) {
          return reset_password(loaded.config.data, a.user.login);
        })
        .add_option("LOGIN", a.user.login)
        ->required();
    CLI::App& token = *app_.add_subcommand("token", "Tokens for programs");
    token.require_subcommand(1);
    CLI::App& make =
        sub(token, "add", "Makes one; it is shown once", [&a](const config::Loaded& loaded) {
          return make_token(loaded.config.data, a.user.login, a.token_name);
        });
    make.add_option("LOGIN", a.user.login, "Whose rights it has")->required();
    make.add_option("--name", a.token_name, "What it is for");
  }

  CLI::App app_;
  Arguments arguments_;
  Run run_;
};

}  // namespace
}  // namespace tenon::cli

int main(int count, char** texts) {
  try {
    return tenon::cli::CommandLine().run(count, texts);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "tenon: %s\n", fault.what());
    return tenon::cli::kFault;
  }
}
