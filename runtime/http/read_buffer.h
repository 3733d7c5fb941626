// Bytes read from a socket and not yet used; room is made by moving what is left to the front.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace tenon::http {

class ReadBuffer {
 public:
  std::string_view unused() const { return {bytes_.get() + begin_, end_ - begin_}; }
  bool is_empty() const { return begin_ == end_; }

  void use(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  // At least `count` bytes to write to; add() says how many came.
  char* room(std::size_t count) {
    if (size_ - end_ >= count) return bytes_.get() + end_;
    const std::size_t kept = end_ - begin_;
    if (size_ < kept + count) {
      auto larger = std::make_unique<char[]>(kept + count);
      std::memcpy(larger.get(), unused().data(), kept);
      bytes_ = std::move(larger);
      size_ = kept + count;
    } else {
      std::memmove(bytes_.get(), unused().data(), kept);
    }
    begin_ = 0;
    end_ = kept;
    return bytes_.get() + end_;
  }
  void add(std::size_t count) { end_ += count; }

  // Gives large memory back, once an upload is over.
  void shrink(std::size_t size_max) {
    if (!is_empty() || size_ <= size_max) return;
    bytes_.reset();
    size_ = 0;
  }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace tenon::http
