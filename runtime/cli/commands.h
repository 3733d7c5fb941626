// The commands of `tenon`, one function each; they answer the exit code.
//
// 0 done · 1 refused, with the reasons · 2 wrong usage · 70 a fault. main.cpp reads the arguments.
#pragma once

#include <string>
#include <vector>

#include "runtime/config/config.h"

namespace tenon::cli {

int serve(const config::Loaded& loaded);
int check_bundle(const std::string& bundle, bool json);
int plan_bundle(const std::string& data, const std::string& bundle, bool json);
int publish_bundle(const std::string& data, const std::string& bundle, bool confirm, bool json);
int rename_in_bundle(const std::string& bundle, const std::string& what,
                     const std::string& new_name);

// Each a bundle's folder, or one of its stories. 1 where any is red.
int tell_stories(const std::vector<std::string>& arguments, bool json);

struct ImportArguments {
  std::string object;
  std::string file;
  std::string map;      // "" : columns are named like the fields.
  std::string rejects;  // "" : beside the file.
};
int import_csv(const std::string& data, const ImportArguments& arguments, bool json);
int query(const std::string& data, const std::string& file, bool json);

struct UserArguments {
  std::string login;
  std::string name;
  std::vector<std::string> roles;
};
int list_users(const std::string& data, bool json);
int add_user(const std::string& data, const UserArguments& arguments);
int reset_password(const std::string& data, const std::string& login);
int make_token(const std::string& data, const std::string& login, const std::string& name);
int doctor(const config::Loaded& loaded, bool json);
// Measures this machine; no names: everything. In tests/bench, which the program links.
int bench(const config::Loaded& loaded, const std::vector<std::string>& names, bool json);

}  // namespace tenon::cli
