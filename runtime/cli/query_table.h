// The answer of a query, laid out for a terminal: a line a row, numbers to the right, totals below.
#pragma once

#include <string>

#include "engine/json/document.h"

namespace tenon::cli {

// `answer` is what POST /api/v1/query answers (schemas/api/README.md). Ends with a line break.
std::string table_of(const json::Reader& answer);

}  // namespace tenon::cli
