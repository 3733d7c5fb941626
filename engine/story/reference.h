// What a story calls "@something": the records behind it, both ways.
#pragma once

#include <map>
#include <string>

#include "engine/base/id.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"

namespace tenon::story {

struct Known {
  std::string object;  // Its id.
  RecordId id;
};

class References {
 public:
  void keep(const std::string& name, Known known);
  const Known& at(const std::string& name) const;  // check() has seen to it that it is there.
  const Known* find(const std::string& name) const;

  // The value with the ids of records where it says "@name"; "@@" at the front stands for "@".
  std::string resolved(const std::string& json) const;
  // The other way: texts that are a known record's id as "@name".
  std::string named(const std::string& json) const;
  // "@name", or the object's name for a record that the story calls nothing.
  std::string name_of(RecordId id, const std::string& object) const;

 private:
  void write_resolved(json::Reader reader, json::Writer& writer) const;
  void write_named(json::Reader reader, json::Writer& writer) const;

  std::map<std::string, Known> by_name_;
  std::map<RecordId, std::string> by_id_;
};

}  // namespace tenon::story
