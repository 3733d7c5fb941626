#include "engine/duplicate/likeness.h"

#include <algorithm>
#include <cstdint>

namespace tenon::duplicate {
namespace {

constexpr std::size_t kSignatureMax = 8;

// Pieces of this many code points of the text with blanks around it, each once, sorted.
std::vector<std::string> pieces(std::string_view text, std::size_t length) {
  const std::string padded = " " + std::string(text) + " ";
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < padded.size(); ++i) {
    if ((static_cast<unsigned char>(padded[i]) & 0xC0) != 0x80) starts.push_back(i);
  }
  starts.push_back(padded.size());
  std::vector<std::string> all;
  for (std::size_t i = 0; i + length < starts.size(); ++i) {
    all.push_back(padded.substr(starts[i], starts[i + length] - starts[i]));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// FNV-1a, stirred once more: the order of its results has nothing to do with the alphabet.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdULL;
  return hash ^ (hash >> 33);
}

}  // namespace

int likeness(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return 0;
  const auto left = pieces(a, 3);
  const auto right = pieces(b, 3);
  std::vector<std::string> both;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                        std::back_inserter(both));
  return static_cast<int>(200 * both.size() / (left.size() + right.size()));
}

std::vector<std::string> signature(std::string_view text) {
  if (text.empty()) return {};
  std::vector<std::uint64_t> hashes;
  for (const std::string& piece : pieces(text, 2)) hashes.push_back(hash_of(piece));
  std::sort(hashes.begin(), hashes.end());
  if (hashes.size() > kSignatureMax) hashes.resize(kSignatureMax);
  std::vector<std::string> keys;
  for (const std::uint64_t hash : hashes) keys.push_back(std::to_string(hash));
  return keys;
}

}  // namespace tenon::duplicate
