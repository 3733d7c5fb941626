#include "tests/bench/raw_list.h"

#include "engine/query/cursor.h"
#include "runtime/http/client.h"

namespace tenon::bench {
namespace {

constexpr int kReaderCacheKib = 4096;  // As the engine's readers have it.
constexpr int kRows = 50;
constexpr std::string_view kFilter = "state = \"open\" AND amount >= 2000";
constexpr std::string_view kSort = "-due_on";
constexpr std::string_view kFields = "code,title,state,kind.name,amount,weighted,due_on,owner";

// The reader's own items only; of what lies behind a reference only what is not deleted.
constexpr const char* kSelect = R"sql(
  SELECT i.id, i.version, i.f_code, i.f_title, i.f_state, i.f_kind, k.f_name, i.f_amount,
         i.f_weighted, i.f_due_on, i.f_owner
  FROM r_item i LEFT JOIN r_kind k ON k.id = i.f_kind AND k.deleted_at IS NULL
  WHERE i.deleted_at IS NULL AND i.f_owner = ?1 AND i.f_state = ?2 AND i.f_amount >= ?3
  ORDER BY i.f_due_on DESC, i.id DESC LIMIT ?4
)sql";

std::int64_t integer(const RawStatement& row, int column) {
  return sqlite3_column_int64(row.get(), column);
}

void write_text(json::Writer& writer, std::string_view name, const RawStatement& row, int column) {
  writer.key(name);
  sqlite3_column_type(row.get(), column) == SQLITE_NULL ? writer.null()
                                                        : writer.text(text_at(row, column));
}

void write_money(json::Writer& writer, std::string_view name, const RawStatement& row, int column) {
  writer.key(name).text(Decimal::of_scaled(integer(row, column), 2).text(2));
}

void write_item(json::Writer& writer, const RawStatement& row) {
  writer.begin_object().key("id").text(id_text(integer(row, 0)));
  writer.key("version").integer(integer(row, 1));
  write_text(writer, "code", row, 2);
  write_text(writer, "title", row, 3);
  write_text(writer, "state", row, 4);
  writer.key("kind").begin_object().key("id").text(id_text(integer(row, 5)));
  write_text(writer, "name", row, 6);
  writer.end_object();
  write_money(writer, "amount", row, 7);
  write_money(writer, "weighted", row, 8);
  const Date due{static_cast<std::int32_t>(integer(row, 9))};
  writer.key("due_on").text(text_of(due));
  writer.key("owner").text(id_text(integer(row, 10))).end_object();
}

}  // namespace

query::ListRecords page_query() {
  query::ListRecords query;
  query.object = "item";
  query.fields = {"code", "title", "state", "kind.name", "amount", "weighted", "due_on", "owner"};
  query.filter = std::string(kFilter);
  query.sort = {std::string(kSort)};
  query.limit = kRows;
  return query;
}

std::string page_target() {
  return "/api/v1/records/item?fields=" + std::string(kFields) +
         "&filter=" + http::percent_encoded(kFilter) + "&sort=" + std::string(kSort) + "&limit=50";
}

RawList::RawList(const std::string& database, RecordId owner)
    : database_(database, kReaderCacheKib), select_(database_.prepare(kSelect)) {
  sqlite3_bind_int64(select_.get(), 1, owner.value);
  bind_text(select_, 2, "open");
  sqlite3_bind_int64(select_.get(), 3, 200'000);  // In cents.
  sqlite3_bind_int64(select_.get(), 4, kRows + 1);
}

std::string RawList::page() {
  json::Writer writer;
  writer.begin_object().key("records").begin_array();
  int rows = 0;
  query::Cursor last;
  while (database_.step(select_)) {
    if (rows++ == kRows) break;
    write_item(writer, select_);
    if (rows == kRows) last = {integer(select_, 0), {Column{integer(select_, 9)}}};
  }
  sqlite3_reset(select_.get());
  writer.end_array().key("next");
  rows > kRows ? writer.text(query::write_cursor(last, "-due_on")) : writer.null();
  writer.end_object();
  return writer.take();
}

}  // namespace tenon::bench
