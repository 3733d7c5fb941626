// Names to ids and back, for a whole bundle. Internal to the room.
#pragma once

#include "engine/metadata/draft.h"
#include "engine/metadata/translate.h"

namespace tenon::metadata {

// The draft's own definitions refer by id afterwards; what refers to nothing is a problem and
// stays as written. Answers the whole bundle.
Bundle resolve(Draft& draft, const Bundle* required);

// A definition's references as the bundle's current names. Nothing fails: the bundle is sound.
class ToNames final : public Translator {
 public:
  explicit ToNames(const Bundle& bundle) : bundle_(bundle) {}
  std::string object(std::string& reference, const Place& place) override;
  std::string field(const std::string& object, std::string& reference, const Place& place) override;
  void path(const std::string& object, std::string& reference, const Place& place) override;
  std::string many(const std::string& object, std::string& reference, const Place& place) override;
  void formula(const std::string& object, std::string& text, const Place& place) override;
  void choice(const std::string& object, const std::string& target, std::string& text,
              const Place& place) override;
  void view(std::string& reference, const Place& place) override;
  void report(std::string& reference, const Place& place) override;
  void table(std::string& reference, const Place& place) override;
  void role(std::string& reference, const Place& place) override;
  void flow(std::string& reference, const Place& place) override;
  void column_name(const std::string& object, GroupKey& key) override;

 private:
  const Bundle& bundle_;
};

// A definition's references as ids. What refers to nothing is noted in the draft.
class ToIds final : public Translator {
 public:
  ToIds(const Bundle& bundle, Draft& draft) : bundle_(bundle), draft_(draft) {}
  std::string object(std::string& reference, const Place& place) override;
  std::string field(const std::string& object, std::string& reference, const Place& place) override;
  void path(const std::string& object, std::string& reference, const Place& place) override;
  std::string many(const std::string& object, std::string& reference, const Place& place) override;
  void formula(const std::string& object, std::string& text, const Place& place) override;
  void choice(const std::string& object, const std::string& target, std::string& text,
              const Place& place) override;
  void view(std::string& reference, const Place& place) override;
  void report(std::string& reference, const Place& place) override;
  void table(std::string& reference, const Place& place) override;
  void role(std::string& reference, const Place& place) override;
  void flow(std::string& reference, const Place& place) override;
  void column_name(const std::string& object, GroupKey& key) override;

 private:
  // A formula with its names made ids, or what is wrong with it.
  void take(Result<std::string> symbolic, std::string& text, const Place& place);

  const Bundle& bundle_;
  Draft& draft_;
};

}  // namespace tenon::metadata
