#include "runtime/api/openapi_json.h"

#include "engine/application/money.h"
#include "engine/base/limits.h"
#include "engine/json/writer.h"
#include "runtime/api/openapi_flows.h"

namespace tenon::api {
namespace {

using application::Object;

class OpenApiWriter {
 public:
  OpenApiWriter(const application::Application& app, const permission::Rights& rights,
                std::string_view locale)
      : app_(app), rights_(rights), locale_(locale) {}

  std::string write() {
    writer_.begin_object().key("openapi").text("3.1.0");
    writer_.key("info").begin_object().key("title").text(label(app_.bundle().label, "Tenon"));
    writer_.key("version").text(std::to_string(app_.version())).end_object();
    writer_.key("servers").begin_array().begin_object().key("url").text("/api/v1");
    writer_.end_object().end_array();
    writer_.key("paths").begin_object();
    for (const Object& object : app_.objects()) {
      if (rights_on(object).read != permission::Reach::none) paths_of(object);
    }
    write_flow_paths(writer_);
    writer_.end_object().key("components").begin_object();
    writer_.key("securitySchemes").begin_object();
    writer_.key("token").begin_object().key("type").text("http");
    writer_.key("scheme").text("bearer").end_object().end_object();
    writer_.key("schemas").begin_object();
    for (const Object& object : app_.objects()) {
      if (rights_on(object).read != permission::Reach::none) schema_of(object);
    }
    problem_schema();
    writer_.end_object().end_object();
    writer_.key("security").begin_array().begin_object().key("token").begin_array();
    writer_.end_array().end_object().end_array().end_object();
    return writer_.take();
  }

 private:
  const permission::ObjectRights& rights_on(const Object& object) const {
    return rights_.objects[static_cast<std::size_t>(object.place)];
  }

  std::string label(const metadata::Label& texts, const std::string& otherwise) const {
    const std::string& text = metadata::text_in(texts, locale_);
    return text.empty() ? otherwise : text;
  }

  void reference(std::string_view name) {
    writer_.begin_object().key("$ref");
    writer_.text("#/components/schemas/" + std::string(name)).end_object();
  }

  void parameter(std::string_view name, std::string_view in, std::string_view type,
                 std::string_view about) {
    writer_.begin_object().key("name").text(name).key("in").text(in);
    if (in == "path") writer_.key("required").boolean(true);
    writer_.key("description").text(about).key("schema").begin_object();
    writer_.key("type").text(type).end_object().end_object();
  }

  void body(const Object& object) {
    writer_.key("requestBody").begin_object().key("required").boolean(true);
    content(object.name());
    writer_.end_object();
  }

  void content(std::string_view schema, std::string_view type = "application/json") {
    writer_.key("content").begin_object().key(type).begin_object().key("schema");
    reference(schema);
    writer_.end_object().end_object();
  }

  void response(std::string_view status, std::string_view about, std::string_view schema) {
    writer_.key(status).begin_object().key("description").text(about);
    if (!schema.empty()) content(schema);
    writer_.end_object();
  }

  void refusals() {
    writer_.key("default").begin_object().key("description").text("Refused");
    content("problem", "application/problem+json");
    writer_.end_object().end_object();
  }

  void operation(std::string_view verb, const std::string& summary, std::string_view id,
                 const Object& object) {
    writer_.key(verb).begin_object().key("summary").text(summary);
    writer_.key("operationId").text(std::string(id) + "_" + object.name());
  }

  void paths_of(const Object& object) {
    const auto& rights = rights_on(object);
    const std::string title = label(object.definition->label, object.name());
    writer_.key("/records/" + object.name()).begin_object();
    list_operation(object, title);
    if (rights.create) {
      operation("post", title, "create", object);
      body(object);
      writer_.key("responses").begin_object();
      response("201", "Created", object.name());
      refusals();
      writer_.end_object();
    }
    writer_.end_object();
    writer_.key("/records/" + object.name() + "/{id}").begin_object();
    writer_.key("parameters").begin_array();
    parameter("id", "path", "string", "13 letters and digits");
    writer_.end_array();
    one_operations(object, title, rights);
    writer_.end_object();
    export_path(object, title);
    explain_path(object, title);
  }

  // Of an object with computed fields that may be read.
  void explain_path(const Object& object, const std::string& title) {
    bool has_computed = false;
    for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
      const bool computed = object.field(slot).is_derived();
      has_computed = has_computed || (computed && rights_on(object).may_read(slot));
    }
    if (!has_computed) return;
    writer_.key("/explain/formula/" + object.name() + "/{id}/{field}").begin_object();
    writer_.key("parameters").begin_array();
    parameter("id", "path", "string", "13 letters and digits");
    parameter("field", "path", "string", "A computed field");
    writer_.end_array();
    operation("get", title, "explain", object);
    writer_.key("responses").begin_object();
    response("200", "How the value came about, part by part", "");
    refusals();
    writer_.end_object().end_object();
  }

  void list_operation(const Object& object, const std::string& title) {
    operation("get", title, "list", object);
    writer_.key("parameters").begin_array();
    narrowing_parameters();
    parameter("limit", "query", "integer", "From 1 to 200");
    parameter("after", "query", "string", "The cursor of the page before");
    parameter("count", "query", "string", "none, estimate or exact");
    writer_.end_array().key("responses").begin_object();
    writer_.key("200").begin_object().key("description").text("A page");
    writer_.key("content").begin_object().key("application/json").begin_object();
    writer_.key("schema").begin_object().key("type").text("object");
    writer_.key("properties").begin_object().key("records").begin_object();
    writer_.key("type").text("array").key("items");
    reference(object.name());
    writer_.end_object().key("next").raw("{\"type\":[\"string\",\"null\"]}");
    writer_.key("count").raw("{\"type\":\"integer\"}").end_object().end_object();
    writer_.end_object().end_object().end_object();
    refusals();
    writer_.end_object();
  }

  void narrowing_parameters() {
    parameter("fields", "query", "string", "Paths, separated by commas");
    parameter("filter", "query", "string", "A formula");
    parameter("sort", "query", "string", "Paths, \"-\" before for descending");
    parameter("q", "query", "string", "Words to look for");
  }

  void export_path(const Object& object, const std::string& title) {
    writer_.key("/records/" + object.name() + "/export").begin_object();
    operation("get", title, "export", object);
    writer_.key("parameters").begin_array();
    narrowing_parameters();
    parameter("format", "query", "string", "csv or xlsx");
    parameter("for", "query", "string", "people or programs");
    writer_.end_array().key("responses").begin_object();
    response("200", "A file", "");
    refusals();
    writer_.end_object().end_object();
  }

  void one_operations(const Object& object, const std::string& title,
                      const permission::ObjectRights& rights) {
    operation("get", title, "read", object);
    writer_.key("responses").begin_object();
    response("200", "The record", object.name());
    refusals();
    writer_.end_object();
    if (rights.update != permission::Reach::none) {
      operation("patch", title, "update", object);
      body(object);
      writer_.key("responses").begin_object();
      response("200", "As saved", object.name());
      refusals();
      writer_.end_object();
    }
    if (rights.erase != permission::Reach::none) {
      operation("delete", title, "delete", object);
      writer_.key("responses").begin_object();
      response("204", "Deleted", "");
      refusals();
      writer_.end_object();
    }
  }

  static bool may_give(const Object& object, const permission::ObjectRights& rights, int slot) {
    return rights.may_write(slot) && !object.field(slot).is_auto_number();
  }

  void schema_of(const Object& object) {
    const auto& rights = rights_on(object);
    writer_.key(object.name()).begin_object().key("type").text("object");
    writer_.key("title").text(label(object.definition->label, object.name()));
    writer_.key("properties").begin_object();
    writer_.key("id").raw("{\"type\":\"string\",\"readOnly\":true}");
    writer_.key("version").raw("{\"type\":\"integer\",\"readOnly\":true}");
    writer_.key("$warnings").raw(R"({"type":"array","readOnly":true,"items":{"type":"object"}})");
    for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
      if (application::is_currency(object, slot)) continue;
      if (rights.may_read(slot)) property(object, slot, may_give(object, rights, slot));
    }
    for (const auto& [alias, slot] : object.aliases) {
      if (!rights.may_read(slot)) continue;
      writer_.key(alias).raw("{\"deprecated\":true}");
    }
    writer_.end_object().end_object();
  }

  void property(const Object& object, int slot, bool writable) {
    const metadata::Field& field = object.field(slot);
    const Type& type = object.type(slot);
    writer_.key(field.name).begin_object();
    writer_.key("title").text(label(field.label, field.name));
    if (type.has_currencies()) money(type);
    writer_.key("type");
    if (type.has_currencies()) {
      writer_.raw("[\"object\",\"string\",\"number\",\"null\"]");
    } else if (type.kind() == Kind::json) {
      writer_.raw("[\"object\",\"array\",\"string\",\"number\",\"boolean\",\"null\"]");
    } else {
      writer_.begin_array().text(json_type(type)).text("null").end_array();
    }
    if (type.kind() == Kind::date) writer_.key("format").text("date");
    if (type.format->written == Written::duration) writer_.key("format").text("duration");
    if (type.kind() == Kind::datetime) writer_.key("format").text("date-time");
    if (type.kind() == Kind::text && type.length_max > 0 && type.options.empty()) {
      writer_.key("maxLength").integer(type.length_max);
    }
    if (type.kind() == Kind::reference_list) {
      writer_.key("items").raw(R"({"type":"string"})");
      writer_.key("maxItems")
          .integer(limits::kReferencesPerFieldMax)
          .key("uniqueItems")
          .boolean(true);
    }
    options(type);
    if (!writable) writer_.key("readOnly").boolean(true);
    writer_.end_object();
  }

  // Answered as an object; a number or text alone is an amount in the field's own currency.
  void money(const Type& type) {
    writer_.key("properties").begin_object();
    writer_.key("amount").raw(R"({"type":["string","number","null"]})");
    writer_.key("currency").begin_object().key("enum").begin_array();
    for (const std::string& code : type.currencies) writer_.text(code);
    writer_.end_array().key("default").text(type.currency).end_object().end_object();
    writer_.key("required").begin_array().text("amount").end_array();
  }

  void options(const Type& type) {
    if (type.options.empty()) return;
    const bool list = type.kind() == Kind::text_list;
    if (list) writer_.key("items").begin_object();
    writer_.key("enum").begin_array();
    for (const std::string& option : type.options) writer_.text(option);
    if (!list) writer_.null();
    writer_.end_array();
    if (list) writer_.end_object();
  }

  static std::string_view json_type(const Type& type) {
    if (type.kind() == Kind::boolean) return "boolean";
    if (is_list(type.kind())) return "array";
    return type.kind() == Kind::number && type.format->written == Written::number ? "integer"
                                                                                  : "string";
  }

  void problem_schema() {
    constexpr std::string_view kTexts[] = {"title", "code", "detail", "request_id"};
    constexpr std::string_view kProblemTexts[] = {"at", "rule", "message"};
    writer_.key("problem").begin_object().key("type").text("object");
    writer_.key("properties").begin_object().key("status").raw(R"({"type":"integer"})");
    for (const std::string_view name : kTexts) writer_.key(name).raw(R"({"type":"string"})");
    writer_.key("problems").begin_object().key("type").text("array").key("items").begin_object();
    writer_.key("type").text("object").key("properties").begin_object();
    for (const std::string_view name : kProblemTexts) writer_.key(name).raw(R"({"type":"string"})");
    writer_.end_object().end_object().end_object().end_object().end_object();
  }

  const application::Application& app_;
  const permission::Rights& rights_;
  std::string_view locale_;
  json::Writer writer_;
};

}  // namespace

std::string openapi_json(const application::Application& app, const permission::Rights& rights,
                         std::string_view locale) {
  return OpenApiWriter(app, rights, locale).write();
}

}  // namespace tenon::api
