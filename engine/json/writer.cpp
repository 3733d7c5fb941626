#include "engine/json/writer.h"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

namespace tenon::json {

// A PrettyWriter without indentation breaks no lines, but still puts a blank behind the colon; so
// there are two writers, and only one is used.
struct Writer::State {
  explicit State(Layout wanted) : layout(wanted), compact(buffer), indented(buffer) {
    indented.SetIndent(' ', 2);
  }

  template <class Call>
  void each(Call call) {
    layout == Layout::compact ? call(compact) : call(indented);
  }

  Layout layout;
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> compact;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> indented;
};

namespace {

rapidjson::SizeType size(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

Writer::Writer(Layout layout) : state_(std::make_unique<State>(layout)) {}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;

Writer& Writer::begin_object() {
  state_->each([](auto& writer) { writer.StartObject(); });
  return *this;
}

Writer& Writer::end_object() {
  state_->each([](auto& writer) { writer.EndObject(); });
  return *this;
}

Writer& Writer::begin_array() {
  state_->each([](auto& writer) { writer.StartArray(); });
  return *this;
}

Writer& Writer::end_array() {
  state_->each([](auto& writer) { writer.EndArray(); });
  return *this;
}

Writer& Writer::key(std::string_view name) {
  state_->each([name](auto& writer) { writer.Key(name.data(), size(name)); });
  return *this;
}

Writer& Writer::null() {
  state_->each([](auto& writer) { writer.Null(); });
  return *this;
}

Writer& Writer::boolean(bool truth) {
  state_->each([truth](auto& writer) { writer.Bool(truth); });
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  state_->each([value](auto& writer) { writer.Int64(value); });
  return *this;
}

Writer& Writer::text(std::string_view text) {
  const char* data = text.empty() ? "" : text.data();
  state_->each([data, text](auto& writer) { writer.String(data, size(text)); });
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  // The kind only decides whether it could be a key, and raw() is never one.
  state_->each(
      [json](auto& writer) { writer.RawValue(json.data(), json.size(), rapidjson::kNumberType); });
  return *this;
}

std::string_view Writer::view() const {
  return {state_->buffer.GetString(), state_->buffer.GetSize()};
}

std::string Writer::take() { return std::string(view()); }

}  // namespace tenon::json
