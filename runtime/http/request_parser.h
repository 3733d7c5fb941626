// Bytes → Request: one at a time, fed as they come. Beast's parser, behind a plain interface.
//
//   parser.begin();
//   used = parser.feed(bytes);      // Stops behind the head: look at it, then allow_body().
//   used = parser.feed(rest);       // Until is_done(); what is left is the next request.
//
// What cannot be read is a refusal with its status; the connection is of no use after it.
// Checked here, against smuggling: one Host, no field twice that may be there once, no transfer
// coding but chunked, no length beside it. Trailers are dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/http/message.h"

namespace tenon::http {

struct Refusal {
  int status = 0;
  std::string_view code;
  std::string detail;
};

class RequestParser {
 public:
  explicit RequestParser(std::size_t header_bytes_max);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  void begin();
  std::size_t feed(std::string_view bytes);  // How many were used.

  bool has_head() const;  // Or was refused: look at refusal() first.
  bool is_done() const;
  const Refusal* refusal() const;  // Null while all is well.

  // Once has_head():
  const Request& request() const;
  std::optional<std::uint64_t> content_length() const;  // Nothing where the body is chunked.
  bool keeps_alive() const;                             // Never for HTTP/1.0.
  bool expects_continue() const;
  void allow_body(std::size_t bytes_max);

  Request take();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace tenon::http
