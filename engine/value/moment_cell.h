// Days, times of day and moments as cells of a file have them. Room-internal: others call
// parse_cell() (type.h). Vectors: tests/vectors/value/cell.json.
#pragma once

#include "engine/value/type.h"

namespace tenon {

// By a pattern out of YYYY M MM D DD; anything else in it stands for itself.
Result<Value> parse_date_cell(std::string_view cell, std::string_view pattern);
// "9:30", "09:30:05"
Result<Value> parse_time_cell(std::string_view cell);
// As the API writes moments; or a day by the format's pattern, alone (its midnight) or with a time
// behind it, on the clocks of the format's zone where no offset follows.
Result<Value> parse_datetime_cell(std::string_view cell, const CellFormat& format);

}  // namespace tenon
