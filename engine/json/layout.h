// Parsed JSON written again: as it was, or laid out as a person would write it.
#pragma once

#include <string>

#include "engine/json/document.h"
#include "engine/json/writer.h"

namespace tenon::json {

// The value at this place, members in their order.
void copy(Reader reader, Writer& writer);

// Indented by two; what fits into 100 columns stands on one line, but for the whole. A line break
// at the end. The form of bundle files: same content, same bytes.
std::string folded(Reader reader);

}  // namespace tenon::json
