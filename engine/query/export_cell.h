// One value as a cell of an exported table. Room-internal: others see export.h.
#pragma once

#include <string>

#include "engine/query/export.h"

namespace tenon::query {

struct CellFormat {
  const application::Application* app;
  ExportFor purpose;
  std::string locale;
};

// `field` has the options of a choice; null for fields that every record has. References are texts
// of their own making (export.cpp).
sheet::Cell cell_of(const CellFormat& format, const Type& type, const metadata::Field* field,
                    const Value& value);

}  // namespace tenon::query
