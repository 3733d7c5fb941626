// A request and its answer as the rest of the runtime sees them: plain data, nothing of Beast.
//
// A Request is whole and checked: its head is well formed, its body is read. It owns all it shows,
// so it may be moved to another thread. Header names are in lower case in a Request, and written
// as they are given in a Response.
// What goes over the wire, and when, is decided in session.cpp and response_head.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace tenon::http {

enum class Method : std::uint8_t { get, head, post, put, patch, erase, options };
std::string_view name_of(Method method);                      // "DELETE" for erase.
std::optional<Method> parse_method(std::string_view method);  // In upper case, as it is sent.

// The fields of a head in the order they came: one text, and places in it.
class Headers {
 public:
  void add(std::string_view name, std::string_view value);  // The name is made lower case.

  // The first of that name, in lower case; "" where it was not sent.
  std::string_view find(std::string_view name) const;
  bool has(std::string_view name) const;
  std::size_t size() const { return places_.size(); }
  std::pair<std::string_view, std::string_view> at(std::size_t index) const;

 private:
  struct Place {
    std::uint32_t name;
    std::uint32_t value;
    std::uint32_t end;
  };

  std::string text_;
  std::vector<Place> places_;
};

struct Request {
  Method method = Method::get;
  std::string target;             // As it was sent.
  std::vector<std::string> path;  // Decoded segments: "/a/b%20c" → {"a", "b c"}.
  std::vector<std::pair<std::string, std::string>> query;  // Decoded; each name once.
  Headers headers;
  std::string body;
  std::string peer;  // The address of the other end; "local" on the local socket.
  std::string request_id;
  bool is_local_socket = false;

  std::string_view header(std::string_view name) const { return headers.find(name); }
  std::optional<std::string_view> parameter(std::string_view name) const;
};

// A stream of server-sent events to one client. Thread-safe.
class Stream {
 public:
  virtual ~Stream() = default;
  // Queues a whole event (event_text()). False where the client is gone, or so slow that its queue
  // is full: then it is dropped, and comes back with the last cursor it saw.
  virtual bool write(std::string event) = 0;
  virtual void close() = 0;  // What was written before is still sent, if the client takes it.
  // Called once, on the thread that notices, when the client is gone, was too slow or the server
  // stops; at once where that is so already.
  virtual void on_closed(std::function<void()> closed) { (void)closed; }
};

// "event: change\nid: 7\ndata: {…}\n\n"; kind and id are left out where empty. Lines within the
// data become several data lines. Kind and id must be one line.
std::string event_text(std::string_view kind, std::string_view id, std::string_view data);

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string content_type;
  std::string body;
  // Instead of body: kept elsewhere and sent as it is, without a copy.
  std::shared_ptr<const std::string> shared_body;
  std::string file;         // Instead of body: the path of a file, sent in pieces.
  bool is_encoded = false;  // The body is compressed already, or must not be.
  // Where set, no body: the stream begins behind the headers. Called on the I/O thread.
  std::function<void(std::shared_ptr<Stream>)> on_stream;
};

// The target of a request line ("/path?query", "http://host/path?query") → request.path and
// request.query, decoded and checked. Refused as `malformed`: a broken escape, text that is not
// UTF-8, control characters, empty or relative segments, a parameter given twice. So no handler
// meets a path that means another one. Source: RFC 9112 section 3.2, RFC 3986.
Result<void> parse_target(std::string_view target, Request& request);

// A refusal by this room, before or instead of a handler: application/problem+json, RFC 9457.
Response refusal(int status, std::string_view code, std::string_view detail,
                 std::string_view request_id);

}  // namespace tenon::http
