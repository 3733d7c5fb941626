// The files of a folder (the built web client) as an HTTP handler.
//
// The folder is read once into a table of its regular files, so nothing outside it has a name here
// and no path can leave it; links are not followed. It is read again when index.html changes.
// Bytes are kept in memory up to a bound, beyond it they are sent from the disk.
// GET and HEAD; .br and .gz siblings where the client takes them; assets with a hash in their name
// never change; a path without an extension that is no file is a route of the client: index.html.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/http/handler.h"

namespace tenon::http {

inline constexpr std::size_t kStaticBytesMax = 64u << 20;

class StaticFiles final : public Handler {
 public:
  // A folder that is missing or has no index.html answers 404 and says so.
  explicit StaticFiles(std::string folder, std::size_t cached_bytes_max = kStaticBytesMax);
  ~StaticFiles() override;

  void handle(Request request, Respond respond) override;
  std::size_t body_bytes_max(Method method, std::string_view target) const override;

  Response answer(const Request& request) const;
  bool has_client() const;  // Whether there is an index.html.

 private:
  class Folder;
  std::unique_ptr<Folder> folder_;
};

}  // namespace tenon::http
