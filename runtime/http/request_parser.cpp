#include "runtime/http/request_parser.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

namespace tenon::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::string_view;

constexpr std::size_t kBodyReservedMax = 1u << 20;  // Not more on a client's word alone.

// Of these a second one would let two readers of the same request see different things.
constexpr std::array<std::string_view, 12> kOnce{
    "authorization", "content-length", "content-type",    "cookie",
    "expect",        "host",           "idempotency-key", "if-match",
    "if-none-match", "last-event-id",  "origin",          "transfer-encoding",
};

std::string_view plain(string_view text) { return {text.data(), text.size()}; }

bool equal_without_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

// Puts what Beast finds into a Request.
class Collector final : public beast::http::basic_parser<true> {
 public:
  explicit Collector(std::size_t header_bytes_max) {
    header_limit(static_cast<std::uint32_t>(header_bytes_max));
    body_limit(boost::none);  // The route's own is kept by append().
    eager(false);
  }

  Request request;
  Refusal refusal;
  std::size_t body_bytes_max = 0;
  int version = 11;

  void refuse(int status, std::string_view code, std::string detail, error_code& ec) {
    refusal = {status, code, std::move(detail)};
    ec = beast::http::error::bad_value;
  }
  void refuse_body(error_code& ec) {
    refuse(413, "too_large", "the body is larger than " + std::to_string(body_bytes_max) + " bytes",
           ec);
  }

 private:
  void on_request_impl(beast::http::verb, string_view method, string_view target, int version_sent,
                       error_code& ec) override {
    version = version_sent;
    const auto known = http::parse_method(plain(method));
    if (!known) return refuse_method(plain(method), ec);
    request.method = *known;
    request.target = plain(target);
    const auto parsed = http::parse_target(plain(target), request);
    if (parsed) return;
    const Problem& problem = parsed.error().problems.front();
    refuse(400, "malformed",
           problem.message + (problem.at.empty() ? "" : ": " + printable(problem.at)), ec);
  }

  void on_field_impl(beast::http::field, string_view name, string_view value,
                     error_code& ec) override {
    if (is_head_read_) return;  // A trailer.
    const auto index = request.headers.size();
    request.headers.add(plain(name), plain(value));
    const auto lower = request.headers.at(index).first;
    const bool once = std::find(kOnce.begin(), kOnce.end(), lower) != kOnce.end();
    if (!once || request.headers.find(lower).data() == request.headers.at(index).second.data()) {
      return;
    }
    refuse(400, "malformed", "the header is given twice: " + std::string(lower), ec);
  }

  void on_header_impl(error_code& ec) override {
    is_head_read_ = true;
    const auto coding = request.header("transfer-encoding");
    if (version >= 11 && !request.headers.has("host")) {
      return refuse(400, "malformed", "the Host header is missing", ec);
    }
    if (!request.headers.has("transfer-encoding")) return;
    if (version < 11 || request.headers.has("content-length")) {
      return refuse(400, "malformed", "Transfer-Encoding cannot stand here", ec);
    }
    if (!equal_without_case(coding, "chunked")) {
      refuse(501, "unsupported", "only chunked bodies are read here", ec);
    }
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) request.body.reserve(std::min<std::uint64_t>(*length, kBodyReservedMax));
  }

  std::size_t append(string_view bytes, error_code& ec) {
    if (request.body.size() + bytes.size() > body_bytes_max) {
      refuse_body(ec);
      return 0;
    }
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  std::size_t on_body_impl(string_view bytes, error_code& ec) override { return append(bytes, ec); }

  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& ec) override {
    return append(bytes, ec);
  }

  void on_chunk_header_impl(std::uint64_t size, string_view, error_code& ec) override {
    if (size > body_bytes_max) refuse_body(ec);
  }

  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, string_view, int, error_code&) override {}

  void refuse_method(std::string_view method, error_code& ec) {
    const bool known = method == "CONNECT" || method == "TRACE";
    refuse(known ? 405 : 501, "method", "this method is not answered here", ec);
  }

  static std::string printable(std::string_view text) {
    std::string kept;
    for (const char c : text.substr(0, 80)) kept += c >= ' ' && c <= '~' ? c : '?';
    return kept;
  }

  bool is_head_read_ = false;
};

Refusal refusal_of(const error_code& ec) {
  using beast::http::error;
  if (ec == error::header_limit) return {431, "too_large", "the request's head is too large"};
  if (ec == error::bad_version) return {505, "unsupported", "only HTTP/1.0 and 1.1 are read here"};
  return {400, "malformed", "the request cannot be read: " + ec.message()};
}

}  // namespace

class RequestParser::State {
 public:
  explicit State(std::size_t bytes_max) : header_bytes_max(bytes_max) {}

  std::size_t header_bytes_max;
  std::size_t head_bytes = 0;
  std::optional<Collector> collector;
};

RequestParser::RequestParser(std::size_t header_bytes_max)
    : state_(std::make_unique<State>(header_bytes_max)) {}

RequestParser::~RequestParser() = default;

void RequestParser::begin() {
  state_->head_bytes = 0;
  state_->collector.emplace(state_->header_bytes_max);
}

std::size_t RequestParser::feed(std::string_view bytes) {
  Collector& collector = *state_->collector;
  error_code ec;
  const bool in_head = !collector.is_header_done();
  const auto used = collector.put({bytes.data(), bytes.size()}, ec);
  if (in_head) state_->head_bytes += used;
  const bool needs_more = ec == beast::http::error::need_more;
  // A chunk's own head has no other bound.
  const bool is_endless = needs_more && bytes.size() - used > state_->header_bytes_max;
  if (needs_more) ec = {};
  // Beast bounds what it must see at once; a head that comes line by line is bounded here.
  if (!ec && (is_endless || (in_head && state_->head_bytes > state_->header_bytes_max))) {
    ec = beast::http::error::header_limit;
  }
  if (ec && collector.refusal.status == 0) collector.refusal = refusal_of(ec);
  return used;
}

bool RequestParser::has_head() const { return state_->collector->is_header_done(); }

bool RequestParser::is_done() const { return state_->collector->is_done(); }

const Refusal* RequestParser::refusal() const {
  const Refusal& refusal = state_->collector->refusal;
  return refusal.status == 0 ? nullptr : &refusal;
}

const Request& RequestParser::request() const { return state_->collector->request; }

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = state_->collector->content_length();
  return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

bool RequestParser::keeps_alive() const {
  return state_->collector->version >= 11 && state_->collector->keep_alive();
}

bool RequestParser::expects_continue() const {
  return equal_without_case(request().header("expect"), "100-continue");
}

void RequestParser::allow_body(std::size_t bytes_max) {
  Collector& collector = *state_->collector;
  collector.body_bytes_max = bytes_max;
  collector.eager(true);
  error_code ec;
  if (content_length().value_or(0) > bytes_max) collector.refuse_body(ec);
}

Request RequestParser::take() { return std::move(state_->collector->request); }

}  // namespace tenon::http
