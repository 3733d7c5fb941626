#include "engine/metadata/query_body.h"
#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing_with;
using support::finds;
using support::problems_of;

namespace {

Files with_report(const std::string& members) {
  return billing_with("reports/r.json",
                      R"({"name": "r", "label": "R", "object": "invoice", )" + members + "}");
}

Files with_measure(const std::string& measure) {
  return with_report(R"("group": ["state"], "measures": [{"name": "count", "of": "count"}, )" +
                     measure + "]");
}

}  // namespace

TEST_CASE("a report counts, adds up and computes", "[metadata]") {
  CHECK(problems_of(with_report(R"(
    "filter": "total > 0",
    "group": ["state", {"path": "due_on", "by": "month", "name": "month"}],
    "measures": [{"name": "count", "of": "count"},
                 {"name": "paid", "of": "count", "filter": "state = \"paid\""},
                 {"name": "sum", "of": "sum", "field": "total"},
                 {"name": "share", "formula": "paid / count", "type": "percent"}],
    "sort": ["-sum", "month"], "chart": {"kind": "bar", "value": "share"})"))
            .empty());
}

TEST_CASE("a measure measures what it can", "[metadata]") {
  const auto [measure, at, rule, message] =
      GENERATE(table<std::string, std::string, std::string, std::string>({
          {R"({"name": "m", "of": "sum", "field": "number"})", "/field", "measure", "number"},
          {R"({"name": "m", "of": "max", "field": "tags"})", "/field", "measure", "ordered"},
          {R"({"name": "m", "of": "avg"})", "", "required", "needs a field"},
          {R"({"name": "m", "of": "sum", "field": "totl"})", "/field", "unknown_field", "total"},
          {R"({"name": "m", "of": "summ", "field": "total"})", "/of", "choice", "\"sum\"?"},
          {R"({"name": "m"})", "", "measure", "either"},
          {R"({"name": "m", "of": "count", "filter": "total"})", "/filter", "formula.type", "at "},
          {R"({"name": "m", "formula": "count / nothing"})", "/formula", "formula.unknown", "at 8"},
          {R"({"name": "m", "of": "count", "type": "percent"})", "/type", "measure", "formula"},
          {R"({"name": "count", "of": "count"})", "/name", "duplicate", "count"},
          {R"({"name": "M", "of": "count"})", "/name", "name", "no name"},
      }));
  CAPTURE(measure);
  auto problems = problems_of(with_measure(measure));
  // "either of or formula" comes with the kind that is missing.
  REQUIRE_FALSE(problems.empty());
  problems.resize(1);
  CHECK(finds(problems, "reports/r.json: measures/1" + at, rule, message));
}

TEST_CASE("a report is grouped by what has an order, dates by period", "[metadata]") {
  const std::string count = R"(], "measures": [{"name": "count", "of": "count"}])";
  CHECK(finds(problems_of(with_report(R"("group": [{"path": "state", "by": "month"})" + count)),
              "reports/r.json: group/0", "group", "dates"));
  CHECK(finds(problems_of(with_report(R"("group": ["tags")" + count)), "reports/r.json: group/0",
              "group", "grouped"));
  CHECK(finds(problems_of(with_report(R"("group": ["clerk", "customer.clerk")" + count)),
              "reports/r.json: group/1", "duplicate", "\"clerk\""));
}

TEST_CASE("sort and chart name columns", "[metadata]") {
  const std::string start =
      R"("group": ["state"], "measures": [{"name": "count", "of": "count"}],)";
  CHECK(finds(problems_of(with_report(start + R"("sort": ["-cuont"])")), "reports/r.json: sort/0",
              "unknown_column", "did you mean \"count\"?"));
  CHECK(finds(problems_of(with_report(start + R"("chart": {"kind": "bar", "value": "state"})")),
              "reports/r.json: chart", "unknown_measure", "state"));
  CHECK(finds(problems_of(with_report(R"("measures": [{"name": "count", "of": "count"}],
                                         "chart": {"kind": "bar", "value": "count"})")),
              "reports/r.json: chart", "chart", "group by"));
}

TEST_CASE("a query is read as it is written, and written as it was read", "[metadata]") {
  const std::string text =
      R"({"object":"invoice","filter":"total > 0",)"
      R"("group":["state",{"path":"due_on","by":"month"}],)"
      R"("measures":[{"name":"count","of":"count"}],"sort":["-count"],"limit":10})";
  const auto document = json::Document::parse(text);
  REQUIRE(document);
  const auto query = parse(document->root(), json::To<QueryBody>{});
  REQUIRE(query);
  CHECK(query->limit == 10);
  json::Writer writer;
  write(writer, *query);
  CHECK(writer.view() == text);
}

TEST_CASE("a query has only members that there are", "[metadata]") {
  const auto document = json::Document::parse(R"({"object": "invoice", "gruop": []})");
  REQUIRE(document);
  const auto query = parse(document->root(), json::To<QueryBody>{});
  REQUIRE_FALSE(query);
  CHECK(finds(query.error().problems, "gruop", "unknown_member", "did you mean \"group\"?"));
}

}  // namespace tenon::metadata
