// bundle.json: what the bundle is, without its definitions.
#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr int kFormat = 1;

}  // namespace

Bundle parse(json::Reader reader, json::To<Bundle>, Problems& problems) {
  json::Members members(reader, problems);
  Bundle bundle;
  members.optional("$schema");
  members.required("format");
  small_integer(members, "format", kFormat, kFormat, kFormat);
  bundle.name = members.required_text("name").value_or("");
  if (!bundle.name.empty() && !is_name(bundle.name)) {
    problems.push_back(reader.member("name")->problem(
        "name", "\"" + bundle.name + "\" is no name: lower case letters, digits and _"));
  }
  bundle.version = members.required_text("version").value_or("");
  bundle.label = required_label(members, "label");
  bundle.requires_bundles = texts(members, "requires");
  bundle.locales = texts(members, "locales");
  bundle.currency = members.text("currency").value_or("");
  bundle.time_zone = members.text("time_zone").value_or("");
  bundle.country = members.text("country").value_or("");
  members.finish();
  return bundle;
}

void write(json::Writer& writer, const Bundle& bundle) {
  writer.begin_object();
  writer.key("format").integer(kFormat);
  writer.key("name").text(bundle.name);
  writer.key("version").text(bundle.version);
  write_label(writer, "label", bundle.label);
  write_texts(writer, "requires", bundle.requires_bundles);
  write_texts(writer, "locales", bundle.locales);
  write_text(writer, "currency", bundle.currency);
  write_text(writer, "time_zone", bundle.time_zone);
  write_text(writer, "country", bundle.country);
  writer.end_object();
}

}  // namespace tenon::metadata
