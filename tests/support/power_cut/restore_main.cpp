// tenon_power_cut_restore <folder> [seed]
#include <cstdio>
#include <exception>
#include <string>

#include "tests/support/power_cut/restore.h"

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: tenon_power_cut_restore <folder> [seed]\n", stderr);
    return 2;
  }
  try {
    tenon::support::cut_power(arguments[1], count > 2 ? std::stoull(arguments[2]) : 0);
    return 0;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    return 1;
  }
}
