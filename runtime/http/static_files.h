// The built web client, served from memory: hashed files for ever, index.html for its routes.
//
// The folder is read once, at start, so that nothing outside it can ever be served. Precompressed
// siblings (.br, .gz) are sent to browsers that take them. Every answer carries the strict policy
// that safety asks for.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "runtime/http/message.h"

namespace tenon::http {

class StaticFiles {
 public:
  // A folder that is not there serves one page that says so.
  explicit StaticFiles(const std::string& folder);
  Response answer(const Request& request) const;
  bool has_client() const { return files_.contains("index.html"); }

 private:
  struct File {
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzip;
    std::shared_ptr<const std::string> brotli;
    std::string type;
    std::string tag;
    bool immutable = false;
  };
  Response send(const File& file, const Request& request) const;
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace tenon::http
