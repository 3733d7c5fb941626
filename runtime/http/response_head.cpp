#include "runtime/http/response_head.h"

#include <algorithm>
#include <charconv>
#include <ctime>

namespace tenon::http {
namespace {

struct Reason {
  int status;
  std::string_view text;
};

constexpr Reason kReasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

bool names(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return same_name(header.first, name); });
}

void write_number(std::size_t number, std::string& out) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void write_field(std::string_view name, std::string_view value, std::string& out) {
  out.append(name).append(": ");
  const auto at = out.size();
  out.append(value).append("\r\n");
  if (value.find_first_of("\r\n") == std::string_view::npos) return;
  for (auto i = at; i < at + value.size(); ++i) {
    if (out[i] == '\r' || out[i] == '\n') out[i] = ' ';
  }
}

void write_status(int status, std::string& out) {
  if (status == 200) {
    out.append("HTTP/1.1 200 OK\r\n");
    return;
  }
  out.append("HTTP/1.1 ");
  write_number(static_cast<std::size_t>(status), out);
  out.append(" ").append(reason_of(status)).append("\r\n");
}

}  // namespace

std::string_view reason_of(int status) {
  for (const auto& reason : kReasons) {
    if (reason.status == status) return reason.text;
  }
  return "Status";
}

bool accepts(std::string_view accept_encoding, std::string_view coding) {
  while (!accept_encoding.empty()) {
    const auto end = accept_encoding.find(',');
    const auto one = accept_encoding.substr(0, end);
    const auto parameter = one.find(';');
    if (same_name(trimmed(one.substr(0, parameter)), coding)) {
      if (parameter == std::string_view::npos) return true;
      const auto weight = trimmed(one.substr(parameter + 1));  // "q=0", "q=0.0" refuse it.
      return !weight.starts_with("q=") ||
             weight.substr(2).find_first_of("123456789") != std::string_view::npos;
    }
    if (end == std::string_view::npos) break;
    accept_encoding.remove_prefix(end + 1);
  }
  return false;
}

bool is_compressible(std::string_view content_type) {
  const auto type = content_type.substr(0, content_type.find(';'));
  return type == "application/json" || type.ends_with("+json") || type.ends_with("+xml") ||
         type == "text/javascript" || (type.starts_with("text/") && type != "text/event-stream");
}

void write_head(const Response& response, const Framing& framing, std::string& out) {
  write_status(response.status, out);
  if (!response.content_type.empty()) write_field("Content-Type", response.content_type, out);
  if (framing.content_length) {
    out.append("Content-Length: ");
    write_number(*framing.content_length, out);
    out.append("\r\n");
  }
  if (framing.is_gzip) out.append("Content-Encoding: gzip\r\n");
  if (framing.varies && !names(response, "vary")) out.append("Vary: Accept-Encoding\r\n");
  if (!framing.keeps_alive) out.append("Connection: close\r\n");
  if (!names(response, "x-content-type-options")) out.append("X-Content-Type-Options: nosniff\r\n");
  out.append("Date: ").append(framing.date).append("\r\n");
  for (const auto& [name, value] : response.headers) write_field(name, value, out);
  out.append("\r\n");
}

std::string date_text(std::int64_t seconds) {
  // Not strftime's names: they follow the locale.
  constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char rest[40];
  const auto size = std::strftime(rest, sizeof rest, "%Y %H:%M:%S GMT", &parts);
  const int day = parts.tm_mday;
  std::string text(kDays[parts.tm_wday]);
  text.append(", ").append(1, static_cast<char>('0' + day / 10));
  text.append(1, static_cast<char>('0' + day % 10)).append(" ");
  return text.append(kMonths[parts.tm_mon]).append(" ").append(rest, size);
}

}  // namespace tenon::http
