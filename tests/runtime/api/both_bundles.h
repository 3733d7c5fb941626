// Runs a test twice: on the CRM bundle as it is shipped, and on the same with every name replaced.
#pragma once

#include <catch2/catch.hpp>

#include "tests/runtime/api/running_application.h"

namespace tenon::api::test {

inline RunningApplication& either_application() {
  const bool renamed = GENERATE(false, true);
  return renamed ? renamed_application() : shipped_application();
}

}  // namespace tenon::api::test
