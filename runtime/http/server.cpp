#include "runtime/http/server.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <vector>

#include "engine/base/error.h"
#include "runtime/http/io_loop.h"

namespace tenon::http {
namespace {

using Tcp = asio::ip::tcp;
using Local = asio::local::stream_protocol;
template <class Protocol>
using AcceptorOf = asio::basic_socket_acceptor<Protocol, Executor>;
template <class Protocol>
using SocketOf = asio::basic_stream_socket<Protocol, Executor>;

constexpr int kBacklog = 1024;
constexpr std::string_view kTooMany =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
    "Connection: close\r\n\r\n";

std::string peer_of(SocketOf<Tcp>& socket) {
  ErrorNumber error;
  const auto endpoint = socket.remote_endpoint(error);
  return error ? std::string() : endpoint.address().to_string();
}

std::string peer_of(SocketOf<Local>&) { return "local"; }

void set_up(SocketOf<Tcp>& socket) {
  ErrorNumber ignored;
  socket.set_option(Tcp::no_delay(true), ignored);
}

void set_up(SocketOf<Local>&) {}

// Whether somebody listens at this path.
bool is_in_use(const std::string& path) {
  asio::io_context context;
  SocketOf<Local> socket(context.get_executor());
  ErrorNumber error;
  socket.connect(Local::endpoint(path), error);
  return !error;
}

bool is_socket(const std::string& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 && S_ISSOCK(facts.st_mode);
}

}  // namespace

class Server::State {
 public:
  State(Handler& handler, Limits limits) : loop(handler, limits) {}

  int listen(const Tcp::endpoint& endpoint) {
    AcceptorOf<Tcp> acceptor(loop.context().get_executor());
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen(kBacklog);
    const int port = acceptor.local_endpoint().port();
    tcp_acceptors.push_back(std::move(acceptor));
    return port;
  }

  void listen_local(const std::string& path) {
    AcceptorOf<Local> acceptor(loop.context().get_executor());
    acceptor.open();
    acceptor.bind(Local::endpoint(path));
    // Nobody can connect before listen(): there is no moment with other rights.
    if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) throw Fault("cannot protect " + path);
    acceptor.listen(kBacklog);
    local_acceptors.push_back(std::move(acceptor));
    local_path = path;
  }

  template <class Protocol>
  Awaitable<void> accept_on(AcceptorOf<Protocol>& acceptor) {
    while (acceptor.is_open()) {
      ErrorNumber error;
      SocketOf<Protocol> socket =
          co_await acceptor.async_accept(asio::redirect_error(kAwait, error));
      if (!acceptor.is_open()) break;
      if (error) {
        co_await pause();  // Out of descriptors: some in use must end first.
        continue;
      }
      take(std::move(socket));
    }
  }

  void stop() {
    ErrorNumber ignored;
    for (auto& acceptor : tcp_acceptors) acceptor.close(ignored);
    for (auto& acceptor : local_acceptors) acceptor.close(ignored);
    if (!local_path.empty()) ::unlink(std::exchange(local_path, {}).c_str());
    loop.drain();
  }

  IoLoop loop;
  std::vector<AcceptorOf<Tcp>> tcp_acceptors;
  std::vector<AcceptorOf<Local>> local_acceptors;
  std::string local_path;

 private:
  Awaitable<void> pause() {
    ErrorNumber ignored;
    Timer timer(loop.context().get_executor(), std::chrono::milliseconds(50));
    co_await timer.async_wait(asio::redirect_error(kAwait, ignored));
  }

  template <class Protocol>
  void take(SocketOf<Protocol> socket) {
    ErrorNumber ignored;
    socket.non_blocking(true, ignored);
    const auto open = loop.counts().connections.load(std::memory_order_relaxed);
    if (open >= static_cast<std::uint64_t>(loop.limits().connections_max)) {
      ++loop.counts().overloads;
      socket.write_some(asio::buffer(kTooMany), ignored);
      return;
    }
    set_up(socket);
    std::string peer = peer_of(socket);
    loop.begin(Socket(std::move(socket)), std::move(peer), std::is_same_v<Protocol, Local>);
  }
};

Server::Server(Handler& handler, Limits limits)
    : state_(std::make_unique<State>(handler, limits)) {}

Server::~Server() {
  if (!state_->local_path.empty()) ::unlink(state_->local_path.c_str());
}

void Server::log_to(std::function<void(std::string_view line)> log) {
  state_->loop.log_to(std::move(log));
}

int Server::listen(const std::string& address, int port) {
  try {
    return state_->listen({asio::ip::make_address(address), static_cast<unsigned short>(port)});
  } catch (const boost::system::system_error& error) {
    throw Fault("cannot listen on " + address + ":" + std::to_string(port) + ": " +
                error.code().message() +
                "; is another server running there? --port chooses another");
  }
}

void Server::listen_local(const std::string& path) {
  try {
    if (is_in_use(path)) throw Fault("another server listens on " + path);
    if (is_socket(path)) ::unlink(path.c_str());  // Left behind by a server that was killed.
    state_->listen_local(path);
  } catch (const boost::system::system_error& error) {
    throw Fault("cannot listen on " + path + ": " + error.code().message());
  }
}

void Server::run() {
  const auto executor = state_->loop.context().get_executor();
  for (auto& acceptor : state_->tcp_acceptors) {
    asio::co_spawn(executor, state_->accept_on(acceptor), asio::detached);
  }
  for (auto& acceptor : state_->local_acceptors) {
    asio::co_spawn(executor, state_->accept_on(acceptor), asio::detached);
  }
  state_->loop.run();
}

void Server::stop() {
  asio::post(state_->loop.context(), [state = state_.get()] { state->stop(); });
}

int Server::connections() const {
  return static_cast<int>(state_->loop.counts().connections.load());
}

ServerCounts Server::counts() const {
  const LiveCounts& live = state_->loop.counts();
  return {live.requests, live.refusals, live.overloads, live.connections, live.streams};
}

}  // namespace tenon::http
