// What the names in a formula mean: fields of an object, what they refer to, and the many records
// or lines behind a name.
//
// Implemented over a bundle (engine/metadata), and over what an actor may read of it
// (engine/query): an unreadable field is an unknown one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/value/type.h"

namespace tenon::formula {

// What a number counts where it is no plain number: seconds, or amounts of a currency. Numbers that
// count different things do not go together: schemas/formula/README.md, "Durations" and "Money".
struct Unit {
  enum class Of : std::uint8_t { nothing, duration, money, several };
  Of of = Of::nothing;
  std::array<char, 3> code = {};  // Of money: ISO 4217.

  bool empty() const { return of == Of::nothing; }
  bool is_money() const { return of == Of::money; }
  std::string currency() const { return is_money() ? std::string(code.data(), 3) : ""; }
  friend bool operator==(const Unit&, const Unit&) = default;
};
constexpr Unit kDuration{.of = Unit::Of::duration};
// Of an amount in one of several currencies, as a whole: it is no number until it is said which.
constexpr Unit kSeveral{.of = Unit::Of::several};
// Nothing where the code is not known.
Unit money_in(std::string_view code);
// Of the numbers of a format; that of money depends on its field.
Unit unit_of(const Format& format);

struct Type {
  Kind kind;
  std::string object;  // Of a reference: the object's id.
  Unit unit = {};
  friend bool operator==(const Type&, const Type&) = default;
};

class Names {
 public:
  struct Member {
    std::string id;  // The field's stable id.
    Type type;
    int slot;   // In its object's Values; negative for system fields (engine/record).
    int scale;  // Of numbers, as its column keeps them.
    std::vector<std::string> options;  // Of choices: literals compared with it must be among them.
    // Of money in several currencies: the field that keeps which it is.
    struct Currency {
      std::string id;
      int slot;
      std::vector<std::string> codes;
    };
    std::optional<Currency> currency = {};

    // price.amount, price.currency; nothing for another name, or of what is no such money.
    std::optional<Member> part(std::string_view name) const;
  };
  // Lines owned by the record, or the records that refer to it: what aggregates run over.
  struct Many {
    std::string id;      // Stable: of the children field, or of the field that refers back.
    std::string object;  // Of the rows.
  };
  virtual ~Names() = default;
  virtual std::optional<Member> member(const std::string& object, std::string_view name) const = 0;
  virtual std::vector<std::string> members(const std::string& object) const = 0;  // To suggest.

  virtual std::optional<Many> many(const std::string& /*object*/, std::string_view /*name*/) const {
    return std::nullopt;
  }
  // Whether $old, CHANGED, WAS and BECOMES may be used: in rules and flows, where there is a
  // change.
  virtual bool tells_changes() const { return false; }
  // Whether the name of money in several currencies stands for its amount: in filters of readers.
  virtual bool takes_amounts() const { return false; }
  // Whether $team may be named: in filters of who reads, for nothing is kept by them.
  virtual bool knows_team() const { return false; }
  // $flow.amount: in flows, what a run keeps for itself.
  virtual std::optional<Member> variable(std::string_view /*name*/) const { return std::nullopt; }
  virtual std::vector<std::string> variables() const { return {}; }  // To suggest.
};

}  // namespace tenon::formula
