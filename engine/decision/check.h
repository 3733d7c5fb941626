// What is to be said about the tables of a bundle when it is checked or published.
//
// Problems: rows that the hit policy forbids to apply together, values that cannot be computed.
// Warnings: gaps, rows that are never reached. Each at "tables/<name>.json: rows/3". Pure.
#pragma once

#include "engine/metadata/bundle.h"
#include "engine/metadata/check.h"

namespace tenon::decision {

// Of the tables that this bundle (bundle.name) brings.
metadata::Findings check(const metadata::Bundle& bundle);

}  // namespace tenon::decision
