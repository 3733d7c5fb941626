#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "runtime/api/api.h"
#include "runtime/cli/commands.h"
#include "runtime/cli/door.h"
#include "runtime/cli/sample.h"
#include "runtime/http/server.h"
#include "runtime/http/static_files.h"
#include "runtime/server/host.h"

namespace tenon::cli {
namespace {

// The API below /api, everything else from the web client's folder.
class Site final : public http::Handler {
 public:
  Site(server::Host& host, const std::string& web) : api_(host), files_(web) {}

  void handle(http::Request request, http::Respond respond) override {
    if (api::Api::owns(request)) return api_.handle(std::move(request), std::move(respond));
    respond(files_.answer(request));
  }

  std::size_t body_bytes_max(http::Method method, std::string_view target) const override {
    return api_.body_bytes_max(method, target);
  }

 private:
  api::Api api_;
  http::StaticFiles files_;
};

// Waits for SIGINT or SIGTERM on a thread of its own: handlers of signals may do next to nothing.
class StopSignal {
 public:
  StopSignal() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  void wait() const {
    int number = 0;
    sigwait(&signals_, &number);
  }

 private:
  sigset_t signals_{};
};

server::HostOptions host_options(const config::Config& config) {
  server::HostOptions options{config.data, config.public_url, config.demo};
  if (config.virtual_clock) options.clock = server::ClockKind::virtual_one;
  if (const auto from = parse_datetime(config.clock_from)) options.clock_from_ms = from->ms;
  return options;
}

void print_sign_ins(const config::Config& config) {
  const std::string file = config.data + "/sign-ins.json";
  if (!std::filesystem::exists(file)) return;
  std::printf("Sign-ins of the sample people: %s\n", file.c_str());
}

}  // namespace

int serve(const config::Loaded& loaded) {
  const config::Config& config = loaded.config;
  const StopSignal stop;  // Before any thread is made: they inherit the mask.
  server::Host host(host_options(config));
  begin(*door_of(host), config.data, config.bundle, config.demo);
  Site site(host, config.web);
  http::Limits limits;
  limits.connections_max = config.connections;
  http::Server server(site, limits);
  const int port = server.listen(config.address, config.port);
  server.listen_local(config.local_socket());
  std::printf("Tenon serves %s on http://%s:%d\n",
              metadata::text_in(host.application()->bundle().label, "en").c_str(),
              config.address.c_str(), port);
  print_sign_ins(config);
  std::fflush(stdout);
  std::thread stopper([&] {
    stop.wait();
    host.close_streams();
    server.stop();
  });
  server.run();
  stopper.join();
  return 0;
}

}  // namespace tenon::cli
