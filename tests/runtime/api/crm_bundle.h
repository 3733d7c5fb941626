// The shipped CRM bundle with a small set of data; and the same with every name replaced.
//
// The renamed one proves that nothing of the CRM is in the program: objects, fields, options,
// roles, views, pages, forms, menus, reports, rules, measures, mappings and the bundle itself have
// random names, and nothing keeps the old one as its id. Tests that are written against Names pass
// on both. Without its stories.
#pragma once

#include <cstdint>

#include "engine/metadata/bundle.h"
#include "tests/runtime/api/names.h"

namespace tenon::api::test {

struct CrmBundle {
  metadata::Files files;  // Of the bundle's folder, with the CSV files of data/.
  Names names;
};

CrmBundle shipped_crm();
CrmBundle renamed_crm(std::uint32_t seed);

// Replaces one text in a file of the bundle; a text that is not there is a slip of the test.
void replace(CrmBundle& crm, const std::string& file, const std::string& old,
             const std::string& text);

}  // namespace tenon::api::test
