#include "tests/runtime/server/deeds.h"

#include <chrono>

#include "engine/command/stuck_runs.h"
#include "engine/query/sql_functions.h"
#include "engine/record/catalogue.h"
#include "engine/storage/database.h"
#include "tests/simulation/flows/tables.h"

namespace tenon::server::test {
namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

class Reader {
 public:
  explicit Reader(storage::Transaction& tx) : tx_(tx), catalogue_(record::read_catalogue(tx)) {}

  DeedBooks read() {
    DeedBooks books;
    if (catalogue_.table("deed") == nullptr) return books;
    const std::string deeds = *catalogue_.table("deed");
    counts("SELECT d." + column("marker") + ", count(r.id) FROM " + deeds +
               " d LEFT JOIN flow_run r ON r.record = d.id GROUP BY 1",
           books.runs);
    counts(
        "SELECT substr(request_id, instr(request_id, '/') + 1), count(*) FROM flow_history WHERE "
        "what = 'approved' AND request_id <> '' GROUP BY 1",
        books.signed_);
    tx_.statement("SELECT count(*) FROM flow_run WHERE state <> 'finished'")
        .each([&](const storage::Row& row) { books.under_way = static_cast<int>(row.integer(0)); });
    books.faults = simulation::unsound_tables(tx_, now_ms());
    for (const auto& one : command::stuck_runs(tx_, now_ms(), 10)) books.faults.push_back(one.why);
    find_miscounts(deeds, books);
    return books;
  }

 private:
  std::string column(std::string_view field) const {
    return catalogue_.column("deed", field)->name;
  }
  void counts(const std::string& sql, std::map<std::string, int>& into) {
    tx_.statement(sql).each(
        [&](const storage::Row& row) { into[row.text(0)] += static_cast<int>(row.integer(1)); });
  }
  void expect_none(const std::string& what, const std::string& rows, DeedBooks& books) {
    tx_.statement("SELECT count(*) FROM " + rows).each([&](const storage::Row& row) {
      if (row.integer(0) != 0) books.faults.push_back(std::to_string(row.integer(0)) + " " + what);
    });
  }

  // Every timer did its work once: it is in the history and in the deed as often as it fired.
  void find_miscounts(const std::string& deeds, DeedBooks& books) {
    const std::string ticks = "coalesce(d." + column("ticks") + ", 0)";
    const std::string fired =
        "(SELECT count(*) FROM flow_timer t WHERE t.run = r.id AND t.seat < "
        "0 AND t.state = 'fired')";
    const std::string of_run = " FROM flow_history h WHERE h.run = r.id AND h.what = ";
    const std::string both = deeds + " d JOIN flow_run r ON r.record = d.id WHERE ";
    expect_none("deeds counted otherwise than timers fired", both + ticks + " <> " + fired, books);
    expect_none("deeds signed more than once",
                both + "1 < (SELECT count(*)" + of_run + "'approved' AND h.is_final = 1)", books);
    expect_none("deeds reminded of otherwise than their timer says",
                both + "2 < (SELECT count(*)" + of_run + "'reminded')", books);
    expect_none("finished runs that did not count to the end",
                both + "r.state = 'finished' AND " + ticks + " <> " + std::to_string(kTicks),
                books);
    const auto integrity = tx_.statement("PRAGMA integrity_check").one([](const storage::Row& row) {
      return row.text(0);
    });
    if (integrity != "ok") books.faults.push_back(integrity);
  }

  storage::Transaction& tx_;
  record::Catalogue catalogue_;
};

}  // namespace

metadata::Files deeds() {
  return {{"bundle.json", R"({"format": 1, "name": "deeds", "version": "1", "label": "Deeds"})"},
          {"objects/deed.json", R"({"name": "deed", "label": "Deed", "label_plural": "Deeds",
  "title_field": "marker", "fields": [
    {"name": "marker", "label": "Marker", "type": "text"},
    {"name": "ticks", "label": "Ticks", "type": "integer", "default": "0"}]})"},
          {"roles/signer.json", R"({"name": "signer", "label": "Signer", "objects": {"deed":
    {"read": "all", "create": true, "update": "all"}}})"},
          {"flows/sign.json", R"json({"name": "sign", "label": "Sign", "kind": "approval",
  "object": "deed", "triggers": [{"kind": "form"}], "start": "sign", "nodes": {
    "sign": {"kind": "approve", "approvers": [{"initiator": true}], "due": {"after": "PT1S"},
      "on_due": [{"do": "remind", "every": "PT1S", "most": 2}, {"do": "approve"}],
      "next": "wait"},
    "wait": {"kind": "wait", "duration": "PT1S", "next": "tick"},
    "tick": {"kind": "record", "verb": "update", "set": {"ticks": "ticks + 1"}, "next": "more"},
    "more": {"kind": "condition", "else": "last",
      "branches": [{"name": "again", "when": "ticks < 3", "next": "wait"}]},
    "last": {"kind": "end"}}})json"}};
}

DeedBooks read_deeds(const std::string& data) {
  storage::Database database({.path = data + "/tenon.db",
                              .functions = query::sql_functions(),
                              .collations = query::sql_collations()});
  DeedBooks books;
  database.read([&](storage::Transaction& tx) { books = Reader(tx).read(); });
  return books;
}

}  // namespace tenon::server::test
