// The normal forms of texts with a format: what is kept of an address, a number, a colour.
//
// Each gets a text that is not empty and answers it in its normal form, or a problem at "".
#pragma once

#include "engine/value/type.h"

namespace tenon {

Result<Value> normal_email(const Type& type, Value value);  // Blanks gone, the domain lower case.
Result<Value> normal_phone(const Type& type, Value value);  // E.164: "+8613800138000".
Result<Value> normal_rich_text(const Type& type, Value value);  // html/clean.h
Result<Value> normal_url(const Type& type, Value value);        // http and https only.
Result<Value> normal_barcode(const Type& type, Value value);    // Visible ASCII, as on labels.
// Of JSON: parts in a fixed order, blank ones left out; of no parts nothing is left.
Result<Value> normal_address(const Type& type, Value value);
Result<Value> normal_location(const Type& type, Value value);
Result<Value> normal_color(const Type& type, Value value);  // "#rrggbb"

}  // namespace tenon
