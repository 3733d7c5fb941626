#include "runtime/http/gzip.h"

#include <zlib.h>

#include "engine/base/error.h"

namespace tenon::http {
namespace {

constexpr int kWindowBits = 15 + 16;  // 16: with gzip's own head and checksum.
constexpr int kMemoryLevel = 8;

}  // namespace

struct Gzip::State {
  z_stream stream{};
};

Gzip::Gzip(int level) : state_(std::make_unique<State>()) {
  const int status = deflateInit2(&state_->stream, level, Z_DEFLATED, kWindowBits, kMemoryLevel,
                                  Z_DEFAULT_STRATEGY);
  if (status != Z_OK) throw Fault("zlib cannot start");
}

Gzip::~Gzip() { deflateEnd(&state_->stream); }

std::string Gzip::compress(std::string_view text) {
  z_stream& stream = state_->stream;
  deflateReset(&stream);
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  // zlib does not write to its input; its interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw Fault("zlib did not finish");
  bytes.resize(bytes.size() - stream.avail_out);
  return bytes;
}

}  // namespace tenon::http
