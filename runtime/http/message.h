// A request and its answer as the rest of the runtime sees them: plain data, nothing of Beast.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenon::http {

enum class Method { get, head, post, put, patch, erase, options, other };

struct Request {
  Method method = Method::get;
  std::string target;             // As it was sent.
  std::vector<std::string> path;  // Decoded segments.
  std::vector<std::pair<std::string, std::string>> query;  // Decoded; each name once.
  std::vector<std::pair<std::string, std::string>> headers;  // Names in lower case.
  std::string body;
  std::string peer;               // The address of the other end; "local" on the local socket.
  std::string request_id;
  bool is_local_socket = false;

  std::string_view header(std::string_view name) const;  // "" where it was not sent.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

// A stream of server-sent events to one client. Thread-safe.
class Stream {
 public:
  virtual ~Stream() = default;
  // Queues a whole event ("data: …\n\n"). False where the client is gone, or so slow that its queue
  // is full: then it is dropped, and comes back with the last cursor it saw.
  virtual bool write(std::string event) = 0;
  virtual void close() = 0;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string content_type;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // Instead of body: kept elsewhere, sent as it is.
  bool is_encoded = false;                         // The body is compressed already.
  // Where set, no body: the stream begins behind the headers.
  std::function<void(std::shared_ptr<Stream>)> on_stream;
};

// "/a/b%20c?x=1" → path and query. False where an escape is broken, a name comes twice, or a segment
// is "." or "..", or holds a slash or a zero byte once decoded.
bool parse_target(std::string_view target, Request& request);

}  // namespace tenon::http
