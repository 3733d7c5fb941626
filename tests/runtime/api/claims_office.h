// An office where claims are approved, as its people meet it over HTTP: a whole server of this
// process, a small bundle with several flows, people who are signed in.
//
// ann writes claims and works under bob; bob, cid and eve read all of them; pat has many tasks; gus
// may read none; hal administers flows.
#pragma once

#include <map>
#include <memory>

#include "tests/runtime/api/running_application.h"

namespace tenon::api::test {

class ClaimsOffice {
 public:
  ClaimsOffice();
  ~ClaimsOffice();

  Person& person(const std::string& login);                   // Signed in once.
  std::unique_ptr<Person> another(const std::string& login);  // On a connection of its own.
  const std::string& who(const std::string& login) const { return people_.at(login); }

  // A new claim of ann's; a run of it that she began; who may tell: the answer to that.
  std::string claim(const std::string& title = "Taxi", const std::string& amount = "100");
  Answer start(const std::string& flow, const std::string& claim, const std::string& more = "",
               const HeaderList& headers = {});
  // The id of the run of a new claim.
  std::string begin(const std::string& flow, const std::string& title = "Taxi");
  // The task that somebody has open in a run; "" where there is none.
  std::string task(const std::string& run, const std::string& login);
  Answer act(const std::string& login, const std::string& task, const std::string& act,
             const std::string& body = "{}");

  // A flow anew: its name, its start, its nodes. The answer of the publish.
  std::string publish(const std::string& name, const std::string& start, const std::string& nodes);
  static std::string asks(const std::string& id, const std::string& people,
                          const std::string& rest = "");

  // Every row of every table, as one text per table.
  std::map<std::string, std::string> tables();
  server::Host& host() { return *host_; }
  int port() const { return listener_->port(); }

 private:
  void add(const std::string& login, const std::string& role, const std::string& more = "");

  Names names_;
  support::TemporaryFolder folder_;
  std::unique_ptr<server::Host> host_;
  std::unique_ptr<Listener> listener_;
  std::map<std::string, std::string> changed_;  // Files that were published anew.
  std::map<std::string, std::string> people_;   // Login → id.
  std::map<std::string, std::unique_ptr<Person>> signed_in_;
};

ClaimsOffice& claims_office();  // Made once for the program.

}  // namespace tenon::api::test
