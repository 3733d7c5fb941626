#include "runtime/auth/secret.h"

#include <sodium.h>

#include <array>
#include <new>

#include "engine/base/error.h"

namespace tenon::auth {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = 19u << 20;
constexpr std::size_t kTokenBytes = 32;
std::string hexadecimal(const unsigned char* bytes, std::size_t count) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text(count * 2, '0');
  for (std::size_t i = 0; i < count; ++i) {
    text[2 * i] = kHex[bytes[i] >> 4];
    text[2 * i + 1] = kHex[bytes[i] & 15];
  }
  return text;
}

constexpr std::string_view kPasswordLetters =
    "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

}  // namespace

void init_secrets() {
  if (sodium_init() < 0) throw Fault("libsodium cannot be started");
}

std::string hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return hash.data();
}

bool password_matches(std::string_view password, const std::string& hash) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void waste_password_time(std::string_view password) {
  static const std::string nobody = hash_password("nobody has this password");
  (void)password_matches(password, nobody);
}

std::string random_token() {
  std::array<unsigned char, kTokenBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(kTokenBytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)>
      text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

std::string hash_token(std::string_view token) {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size(), nullptr, 0);
  return hexadecimal(hash.data(), hash.size());
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  return hexadecimal(hash.data(), hash.size());
}

std::string random_password() {
  constexpr std::size_t kLetters = 16;
  std::string password;
  for (std::size_t i = 0; i < kLetters; ++i) {
    password += kPasswordLetters[randombytes_uniform(kPasswordLetters.size())];
  }
  return password;
}

}  // namespace tenon::auth
