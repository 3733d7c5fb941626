// The variables of a run, for who mends one: what each is, and what it holds.
#include "runtime/api/flow_json.h"

namespace tenon::api {
namespace {

class VariableWriter {
 public:
  VariableWriter(json::Writer& writer, const query::Context& context)
      : writer_(writer), context_(context) {}

  void write(const metadata::Field& variable, const Value& value) {
    const Type type = metadata::type_of(variable);
    writer_.begin_object().key("name").text(variable.name);
    writer_.key("label").text(label_of(variable.label, variable.name));
    writer_.key("type").text(variable.type);
    write_bounds(variable, type);
    write_options(variable);
    if (!variable.to.empty()) {
      const application::Object* object = context_.app.find_id(variable.to);
      writer_.key("to").text(object == nullptr ? variable.to : object->name());
    }
    writer_.key("value");
    tenon::write(writer_, type, value);
    writer_.end_object();
  }

 private:
  std::string label_of(const metadata::Label& label, const std::string& otherwise) const {
    const std::string& text = metadata::text_in(label, context_.actor.locale);
    return text.empty() ? otherwise : text;
  }

  void write_bounds(const metadata::Field& variable, const Type& type) {
    if (type.kind() == Kind::number) writer_.key("scale").integer(type.scale);
    if (type.kind() == Kind::text && type.length_max > 0 && variable.options.empty()) {
      writer_.key("length_max").integer(type.length_max);
    }
    if (type.minimum) writer_.key("minimum").text(type.minimum->text());
    if (type.maximum) writer_.key("maximum").text(type.maximum->text());
    if (!variable.currency.empty()) writer_.key("currency").text(variable.currency);
  }

  void write_options(const metadata::Field& variable) {
    if (variable.options.empty()) return;
    writer_.key("options").begin_array();
    for (const metadata::Option& option : variable.options) {
      writer_.begin_object().key("name").text(option.name);
      writer_.key("label").text(label_of(option.label, option.name));
      write_text_or_null(writer_, "color", option.color);
      writer_.end_object();
    }
    writer_.end_array();
  }

  json::Writer& writer_;
  const query::Context& context_;
};

}  // namespace

void write_variables(json::Writer& writer, const query::Context& context,
                     const metadata::Flow& flow, const Values& values) {
  VariableWriter variables(writer, context);
  writer.key("variables").begin_array();
  for (std::size_t i = 0; i < flow.variables.size() && i < values.size(); ++i) {
    variables.write(flow.variables[i], values[i]);
  }
  writer.end_array();
}

}  // namespace tenon::api
