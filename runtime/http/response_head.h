// The status line and the fields of a response, as they go over the wire.
//
// Every response has nosniff; what the handler names itself is not written twice. Line breaks in a
// value are a programmer's fault and made spaces: no handler can be made to split a response.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/http/message.h"

namespace tenon::http {

std::string_view reason_of(int status);  // "Not Found"

// Whether the value of an Accept-Encoding field takes this coding ("gzip", "br"), by RFC 9110.
bool accepts(std::string_view accept_encoding, std::string_view coding);

// Whether bytes of this type get smaller: JSON, text, SVG.
bool is_compressible(std::string_view content_type);

struct Framing {
  std::optional<std::size_t> content_length;  // Nothing for a stream, and for 204 and 304.
  bool keeps_alive = true;
  bool is_gzip = false;
  bool varies = false;    // Would be compressed for another client.
  std::string_view date;  // RFC 9110 5.6.7.
};

void write_head(const Response& response, const Framing& framing, std::string& out);

// "Tue, 24 Nov 2026 19:16:48 GMT"
std::string date_text(std::int64_t seconds);

}  // namespace tenon::http
