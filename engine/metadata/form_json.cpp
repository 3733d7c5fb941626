#include "engine/metadata/definition_json.h"

namespace tenon::metadata {

Form parse(json::Reader reader, json::To<Form>, Problems& problems) {
  json::Members members(reader, problems);
  Form form;
  read_names(members, form);
  form.object = members.required_text("object").value_or("");
  members.required("sections");
  form.sections = list_of<Section>(members, "sections");
  members.finish();
  return form;
}

void write(json::Writer& writer, const Form& form) {
  writer.begin_object();
  write_names(writer, form.id, form.name);
  writer.key("object").text(form.object);
  write_list(writer, "sections", form.sections);
  writer.end_object();
}

}  // namespace tenon::metadata
