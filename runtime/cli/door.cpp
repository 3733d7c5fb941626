#include "runtime/cli/door.h"

#include <future>

#include "runtime/api/api.h"
#include "runtime/http/client.h"
#include "runtime/server/data_folder.h"

namespace tenon::cli {
namespace {

class RemoteDoor final : public Door {
 public:
  explicit RemoteDoor(const std::string& socket) : client_(socket) {}

  Reply call(http::Method method, const std::string& target,
             const std::string& json_body) override {
    http::Reply reply = client_.send(method, target, json_body);
    return {reply.status, std::move(reply.body)};
  }

 private:
  http::Client client_;
};

class PromisedAnswer final : public http::Slot {
 public:
  void answer(http::Response response) override { promise_.set_value(std::move(response)); }
  std::future<http::Response> future() { return promise_.get_future(); }

 private:
  std::promise<http::Response> promise_;
};

class HostDoor final : public Door {
 public:
  explicit HostDoor(server::Host& host) : api_(host) {}

  Reply call(http::Method method, const std::string& target,
             const std::string& json_body) override {
    http::Request request;
    request.method = method;
    request.target = target;
    if (!http::parse_target(target, request)) throw Fault("not a target: " + target);
    request.headers.add("content-type", "application/json");
    request.body = json_body;
    request.is_local_socket = true;
    auto slot = std::make_shared<PromisedAnswer>();
    auto future = slot->future();
    api_.handle(std::move(request), http::Respond(slot));
    http::Response response = future.get();
    return {response.status, std::move(response.body)};
  }

 private:
  api::Api api_;
};

// Owns the host as well.
class OwnDoor final : public Door {
 public:
  explicit OwnDoor(const std::string& data) : host_({data, "", false}), door_(host_) {}
  Reply call(http::Method method, const std::string& target,
             const std::string& json_body) override {
    return door_.call(method, target, json_body);
  }

 private:
  server::Host host_;
  HostDoor door_;
};

}  // namespace

std::unique_ptr<Door> open_door(const std::string& data) {
  if (server::DataFolder::is_locked(data)) {
    return std::make_unique<RemoteDoor>(server::DataFolder::socket(data));
  }
  return std::make_unique<OwnDoor>(data);
}

std::unique_ptr<Door> door_of(server::Host& host) { return std::make_unique<HostDoor>(host); }

}  // namespace tenon::cli
