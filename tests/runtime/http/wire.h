// A connection that sends exactly the bytes it is told, right or wrong, and shows what comes back.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace tenon::http::test {

struct WireReply {
  int status = 0;
  std::string head;  // From the status line to the empty line.
  std::string body;

  std::string header(std::string_view name) const;  // "" where there is none.
  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

class Wire {
 public:
  explicit Wire(int port);
  explicit Wire(const std::string& local_path);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool send(std::string_view bytes);
  void end_sending();  // The other side sees the end.
  // One reply, by its Content-Length. Status 0 where none came within the time.
  WireReply reply(bool without_body = false);
  WireReply ask(std::string_view request);  // send() and reply().
  std::string read_until(
      std::string_view text);  // All so far, once the text is in it; or at the end.
  bool is_closed();            // Waits for the other side to close.

 private:
  bool fill();

  int number_;
  std::string in_;
};

std::string get(std::string_view target, std::string_view more_headers = "");
std::string post(std::string_view target, std::string_view body);

}  // namespace tenon::http::test
