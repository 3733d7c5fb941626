// The bundle that the tests of the process use: entries, some of them in pairs below another one.
//
// Every version has a formula that is stored and says of which version it is, adds a field and an
// index, and takes an older field away: a publish that was carried out by halves would be seen.
#pragma once

#include "engine/metadata/bundle.h"

namespace tenon::server::test {

metadata::Files ledger(int version);  // From 1; its label is "Ledger <version>".

}  // namespace tenon::server::test
