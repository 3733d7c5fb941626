// A whole server of this process on a data folder of its own: published bundle, imported sample
// data, people who are signed in over HTTP.
#pragma once

#include <map>
#include <memory>
#include <thread>

#include "runtime/api/api.h"
#include "runtime/http/server.h"
#include "runtime/server/host.h"
#include "tests/runtime/api/crm_bundle.h"
#include "tests/runtime/api/person.h"
#include "tests/support/temporary_folder.h"

namespace tenon::api::test {

// The API on a free port, with a thread of its own.
class Listener {
 public:
  Listener(server::Host& host, http::Limits limits);
  ~Listener();
  int port() const { return port_; }

 private:
  Api api_;
  http::Server server_;
  int port_;
  std::thread thread_;
};

class RunningApplication {
 public:
  // As `tenon serve --bundle … --demo` begins: the same import, the same sign-ins.
  explicit RunningApplication(CrmBundle crm, std::string public_url = "",
                              server::ClockKind clock = server::ClockKind::real);
  ~RunningApplication();

  // Signed in once: "anna" and "cecily" (reps of "dustin"), "moses" (of "melvin"), "helen" (the
  // director), "admin".
  Person& person(const std::string& first_name);
  Person anybody() const { return {listener_->port(), crm_.names}; }
  std::string login(const std::string& first_name) const;
  std::string password(const std::string& first_name) const;

  const Names& names() const { return crm_.names; }
  const CrmBundle& crm() const { return crm_; }
  server::Host& host() { return *host_; }
  int port() const { return listener_->port(); }
  const support::TemporaryFolder& folder() const { return folder_; }
  // Of the newest event: the same before and after means that nothing was written.
  std::int64_t position();
  // The id of the record with this text in this field, whoever may see it.
  std::string id_of(const std::string& object, const std::string& field, const std::string& text);

 private:
  CrmBundle crm_;
  support::TemporaryFolder folder_;
  std::unique_ptr<server::Host> host_;
  std::unique_ptr<Listener> listener_;
  std::map<std::string, std::pair<std::string, std::string>> sign_ins_;  // First name → login, …
  std::map<std::string, std::unique_ptr<Person>> people_;
};

// Made once for the program. The shipped bundle, or the renamed one with a seed that is printed.
RunningApplication& shipped_application();
RunningApplication& renamed_application();

}  // namespace tenon::api::test
