#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr int kColumnsMax = 2;

void write(json::Writer& writer, const Related& related) {
  writer.begin_object();
  write_label(writer, "label", related.label);
  writer.key("object").text(related.object);
  writer.key("field").text(related.field);
  write_texts(writer, "columns", related.columns);
  write_texts(writer, "sort", related.sort);
  writer.end_object();
}

}  // namespace

Related parse(json::Reader reader, json::To<Related>, Problems& problems) {
  json::Members members(reader, problems);
  Related related;
  related.label = required_label(members, "label");
  related.object = members.required_text("object").value_or("");
  related.field = members.required_text("field").value_or("");
  members.required("columns");
  related.columns = texts(members, "columns");
  related.sort = texts(members, "sort");
  members.finish();
  return related;
}

Section parse(json::Reader reader, json::To<Section>, Problems& problems) {
  json::Members members(reader, problems);
  Section section;
  section.label = optional_label(members, "label");
  section.columns = small_integer(members, "columns", 1, 1, kColumnsMax);
  members.required("fields");
  section.fields = texts(members, "fields");
  members.finish();
  return section;
}

Page parse(json::Reader reader, json::To<Page>, Problems& problems) {
  json::Members members(reader, problems);
  Page page;
  read_names(members, page);
  page.object = members.required_text("object").value_or("");
  page.facts = texts(members, "facts");
  page.sections = list_of<Section>(members, "sections");
  page.related = list_of<Related>(members, "related");
  members.finish();
  return page;
}

void write(json::Writer& writer, const Section& section) {
  writer.begin_object();
  write_label(writer, "label", section.label);
  if (section.columns != 1) writer.key("columns").integer(section.columns);
  writer.key("fields");
  write_list_of_texts(writer, section.fields);
  writer.end_object();
}

void write(json::Writer& writer, const Page& page) {
  writer.begin_object();
  write_names(writer, page.id, page.name);
  writer.key("object").text(page.object);
  write_texts(writer, "facts", page.facts);
  write_list(writer, "sections", page.sections);
  if (!page.related.empty()) {
    writer.key("related").begin_array();
    for (const Related& related : page.related) write(writer, related);
    writer.end_array();
  }
  writer.end_object();
}

}  // namespace tenon::metadata
