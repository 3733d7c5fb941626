#include "engine/credential/credential.h"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.h"

namespace tenon::credential {
namespace {

constexpr RecordId kAnn{1};
constexpr RecordId kBob{2};

// A transaction over an empty database; what a test writes is kept until its end.
template <class F>
void within(F f) {
  const support::TemporaryFolder folder;
  storage::Database database({.path = folder.file("test.db"), .functions = {}, .collations = {}});
  database.writer().run([&](storage::Transaction& tx) {
    storage::migrate(tx, migrations(), 0);
    f(tx);
  });
}

Token token(std::int64_t id, RecordId user, std::string name) {
  return {.id = id,
          .user = user,
          .name = std::move(name),
          .scopes = "read",
          .created_at_ms = 100,
          .expires_at_ms = 200};
}

}  // namespace

TEST_CASE("a password's hash is kept, and replaced by the next", "[credential]") {
  within([](storage::Transaction& tx) {
    CHECK_FALSE(password_hash(tx, kAnn));
    set_password(tx, kAnn, "first", 1);
    set_password(tx, kAnn, "second", 2);
    CHECK(password_hash(tx, kAnn) == "second");
    CHECK_FALSE(password_hash(tx, kBob));
  });
}

TEST_CASE("a session is found by its hash until it ends", "[credential]") {
  within([](storage::Transaction& tx) {
    add_session(tx, "hash", kAnn, 100, 200, "192.0.2.1");
    note_session_use(tx, "hash", 150);
    const auto session = find_session(tx, "hash");
    REQUIRE(session);
    CHECK(session->user == kAnn);
    CHECK(session->created_at_ms == 100);
    CHECK(session->used_at_ms == 150);
    CHECK(session->expires_at_ms == 200);
    CHECK(session->address == "192.0.2.1");

    end_session(tx, "hash");
    CHECK_FALSE(find_session(tx, "hash"));
  });
}

TEST_CASE("all sessions of one user end, and no other's", "[credential]") {
  within([](storage::Transaction& tx) {
    add_session(tx, "a", kAnn, 100, 200, "");
    add_session(tx, "b", kAnn, 100, 200, "");
    add_session(tx, "c", kBob, 100, 200, "");
    end_all_sessions(tx, kAnn);
    CHECK_FALSE(find_session(tx, "a"));
    CHECK_FALSE(find_session(tx, "b"));
    CHECK(find_session(tx, "c"));
  });
}

TEST_CASE("a token is found by its hash and listed with its user's", "[credential]") {
  within([](storage::Transaction& tx) {
    add_token(tx, token(8, kAnn, "import"), "h8");
    add_token(tx, token(7, kAnn, "export"), "h7");
    add_token(tx, token(9, kBob, "other"), "h9");
    note_token_use(tx, 8, 150);

    const auto found = find_token(tx, "h8");
    REQUIRE(found);
    CHECK(found->id == 8);
    CHECK(found->user == kAnn);
    CHECK(found->name == "import");
    CHECK(found->scopes == "read");
    CHECK(found->used_at_ms == 150);
    CHECK_FALSE(find_token(tx, "h1"));

    const auto tokens = tokens_of(tx, kAnn);
    REQUIRE(tokens.size() == 2);
    CHECK(tokens[0].id == 7);
    CHECK(tokens[0].used_at_ms == 0);
  });
}

TEST_CASE("only its own user's name revokes a token", "[credential]") {
  within([](storage::Transaction& tx) {
    add_token(tx, token(7, kAnn, "export"), "h7");
    CHECK_FALSE(revoke_token(tx, kBob, 7));
    CHECK(find_token(tx, "h7"));
    CHECK(revoke_token(tx, kAnn, 7));
    CHECK_FALSE(find_token(tx, "h7"));
    CHECK_FALSE(revoke_token(tx, kAnn, 7));
  });
}

TEST_CASE("what has expired is purged, at its very millisecond", "[credential]") {
  within([](storage::Transaction& tx) {
    add_session(tx, "a", kAnn, 100, 199, "");
    add_session(tx, "b", kAnn, 100, 201, "");
    add_token(tx, token(7, kAnn, "export"), "h7");  // Until 200.
    CHECK(purge_expired(tx, 200) == 2);
    CHECK(find_session(tx, "b"));
    CHECK_FALSE(find_token(tx, "h7"));
  });
}

}  // namespace tenon::credential
