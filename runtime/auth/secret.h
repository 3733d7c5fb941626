// Passwords and tokens: how they are made, hashed and checked. The only place that knows libsodium.
//
// Passwords: Argon2id (RFC 9106) with 19 MiB and 2 passes, the parameters OWASP names as minimum;
// some 20 ms, so never on the I/O thread. Tokens are 256 random bits, kept only as BLAKE2b hashes:
// who reads the database cannot sign in with what is there.
#pragma once

#include <string>
#include <string_view>

namespace tenon::auth {

void init_secrets();  // Once per process, before anything else here.

std::string hash_password(std::string_view password);
bool password_matches(std::string_view password, const std::string& hash);
// Takes as long as a check that fails: for logins that do not exist.
void waste_password_time(std::string_view password);

std::string random_token();                      // 43 letters, base64url.
std::string hash_token(std::string_view token);  // 64 hexadecimal letters.
std::string sha256(std::string_view bytes);      // 64 hexadecimal letters, of files.
std::string random_password();                   // 16 letters, without those that look alike.

}  // namespace tenon::auth
