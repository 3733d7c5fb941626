#include "engine/application/check.h"

#include "engine/decision/check.h"

namespace tenon::application {

metadata::Findings check(const metadata::Files& files, const metadata::Bundle* required) {
  metadata::Findings findings = metadata::check(files, required);
  if (!findings.problems.empty()) return findings;
  const auto bundle = metadata::load(files, required);
  if (bundle) metadata::add(findings, files, decision::check(*bundle));
  return findings;
}

}  // namespace tenon::application
