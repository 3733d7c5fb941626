#include "runtime/http/client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace tenon::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using local = asio::local::stream_protocol;

beast::http::verb verb_of(Method method) {
  switch (method) {
    case Method::get: return beast::http::verb::get;
    case Method::head: return beast::http::verb::head;
    case Method::post: return beast::http::verb::post;
    case Method::put: return beast::http::verb::put;
    case Method::patch: return beast::http::verb::patch;
    case Method::erase: return beast::http::verb::delete_;
    case Method::options: return beast::http::verb::options;
    case Method::other: break;
  }
  throw Fault("no such method");
}

}  // namespace

struct Client::State {
  explicit State(const std::string& path_) : path(path_), socket(io) {}
  std::string path;
  asio::io_context io;
  local::socket socket;
  beast::flat_buffer buffer;
};

Client::Client(const std::string& socket_path) : state_(std::make_unique<State>(socket_path)) {
  boost::system::error_code code;
  state_->socket.connect(local::endpoint(socket_path), code);
  if (code) throw Fault("nobody listens on " + socket_path + ": " + code.message());
}

Client::~Client() = default;

Reply Client::send(Method method, const std::string& target, const std::string& json_body) {
  beast::http::request<beast::http::string_body> request(verb_of(method), target, 11);
  request.set(beast::http::field::host, "local");
  if (!json_body.empty()) request.set(beast::http::field::content_type, "application/json");
  request.body() = json_body;
  request.prepare_payload();
  try {
    beast::http::write(state_->socket, request);
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(boost::none);
    beast::http::read(state_->socket, state_->buffer, parser);
    return {static_cast<int>(parser.get().result_int()), std::move(parser.get().body())};
  } catch (const boost::system::system_error& error) {
    throw Fault("the connection to the running server is lost (" + error.code().message() +
                "); whether it was carried out is not known");
  }
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                       (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_' || c == '~';
    if (plain) {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace tenon::http
