// In whose hands a record is, by which pool's rules, and what the actor may do about it.
//
// Gathers what is known; judged in engine/assignment. Commands ask the same before they change
// hands (command/ownership.h), so what is offered is what is carried out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/application/pools.h"
#include "engine/assignment/claim.h"
#include "engine/query/list.h"
#include "engine/record/tenure_table.h"

namespace tenon::query {

struct Ownership {
  const application::Pool* pool = nullptr;  // Whose rules bind it; null: none.
  bool is_in_pool = false;
  RecordId owner;  // 0: nobody.
  record::Tenure tenure;
  std::optional<DateTime> protected_until;  // Of one in somebody's hands.
  std::string due_label;                    // In the actor's language.
  std::vector<OfferedAction> actions;
};

// Asked for several records of one object: what is the same for all is gathered once.
class Hands {
 public:
  explicit Hands(Context context) : context_(context) {}

  // Of a record the actor sees, or whose pool they belong to.
  Ownership of(const application::Object& object, const record::Record& record);
  // Its actions alone: for lists, which ask of many.
  std::vector<OfferedAction> actions(const application::Object& object,
                                     const record::Record& record);

  // Whether this person may be given a record of the pool: with all rules of claiming, or, where a
  // manager assigns it, those of being able to take it at all.
  std::vector<assignment::Hindrance> claim(const application::Object& object,
                                           const application::Pool& pool,
                                           const record::Record& record, RecordId user);
  std::vector<assignment::Hindrance> assign(const application::Object& object,
                                            const application::Pool& pool, RecordId user);

 private:
  struct Person {
    bool is_active = false;
    std::optional<std::int64_t> capacity;
    std::int64_t open = 0;
    std::int64_t today = 0;
  };

  const Person& person(const application::Object& object, const application::Pool& pool,
                       RecordId user);
  std::optional<std::int64_t> capacity_of(const application::Pool& pool, RecordId user) const;
  void offer(const application::Object& object, const record::Record& record, Ownership& of);
  void offer_extension(const application::Object& object, const record::Record& record,
                       Ownership& of) const;

  const Context context_;
  std::map<std::pair<std::string, std::int64_t>, Person> people_;  // By pool and person.
};

// What the actor may do with each record of the page; nothing where the object has no pools.
void add_actions(const Context& context, Page& page);

// Of one record; `not_found` where the actor neither sees it nor belongs to its pool. Nothing where
// its object has no pools.
Result<std::optional<Ownership>> ownership(const Context& context, std::string_view object,
                                           RecordId id);

// The name of somebody, as the actor may read it; "" else.
std::string user_name(const Context& context, RecordId user);

}  // namespace tenon::query
