#include "tests/simulation/writers/recount.h"

namespace tenon::simulation {
namespace {

// Lines hold lines, down to no known depth: `line_net` goes up from those that hold none. All
// numbers are whole ones: of cents, of pieces.
constexpr std::string_view kCounted = R"sql(
  WITH RECURSIVE
    line AS (
      SELECT *, f_parent__order__lines AS holder, f_parent__order_line__parts AS whole
      FROM r_order_line WHERE deleted_at IS NULL),
    -- How often a line counts in one above it: its own quantity and all of those between.
    share(top, id, times) AS (
      SELECT id, id, f_quantity FROM line
      UNION ALL
      SELECT share.top, line.id, share.times * line.f_quantity
      FROM share JOIN line ON line.whole = share.id),
    line_net AS (
      SELECT share.top AS id, sum(share.times * COALESCE(line.f_price, 0)) AS net
      FROM share JOIN line ON line.id = share.id GROUP BY share.top),
    lines AS (SELECT line.*, line_net.net FROM line JOIN line_net USING (id)),
    orders AS (
      SELECT o.*,
             (SELECT COALESCE(sum(net), 0) FROM lines WHERE holder = o.id) AS net,
             (SELECT count(*) FROM lines WHERE holder = o.id AND f_quantity > 1) AS size
      FROM r_order o WHERE deleted_at IS NULL),
    customers AS (
      SELECT c.*,
             (SELECT count(*) FROM orders WHERE f_customer = c.id) AS orders_count,
             (SELECT COALESCE(sum(net), 0) FROM orders
              WHERE f_customer = c.id AND (f_state = 'void') = :only_void) AS turnover,
             (SELECT max(net) FROM orders WHERE f_customer = c.id) AS largest
      FROM r_customer c WHERE deleted_at IS NULL)
)sql";

constexpr std::string_view kWrong = R"sql(
  SELECT * FROM (
    SELECT 'line' AS object, id, 'net' AS field, f_net AS kept, net AS wanted FROM lines
    UNION ALL SELECT 'line', l.id, 'parts_net', l.f_parts_net,
      (SELECT COALESCE(sum(net), 0) FROM lines p WHERE p.whole = l.id) FROM lines l
    UNION ALL SELECT 'line', l.id, 'list_price', l.f_list_price,
      (SELECT f_price FROM r_product p WHERE p.id = l.f_product AND p.deleted_at IS NULL)
      FROM lines l
    UNION ALL SELECT 'line', l.id, 'charged', l.f_charged, l.net * o.f_rate / 100
      FROM lines l JOIN orders o ON o.id = l.holder
    UNION ALL SELECT 'order', id, 'net', f_net, net FROM orders
    UNION ALL SELECT 'order', id, 'size', f_size, size FROM orders
    UNION ALL SELECT 'order', id, 'gross', f_gross, (net * 12 + 5) / 10 FROM orders
    UNION ALL SELECT 'order', o.id, 'level', o.f_level,
      (SELECT f_level FROM customers c WHERE c.id = o.f_customer) FROM orders o
    UNION ALL SELECT 'customer', id, 'orders_count', f_orders_count, orders_count FROM customers
    UNION ALL SELECT 'customer', id, 'turnover', f_turnover, turnover FROM customers
    UNION ALL SELECT 'customer', id, 'largest', f_largest, largest FROM customers
    UNION ALL SELECT 'customer', id, 'is_large', f_is_large, turnover >= 10000 FROM customers
    UNION ALL SELECT 'region', r.id, 'turnover', r.f_turnover,
      (SELECT COALESCE(sum(turnover), 0) FROM customers c WHERE c.f_region = r.id)
      FROM r_region r WHERE r.deleted_at IS NULL
    UNION ALL SELECT 'product', p.id, 'sold', p.f_sold,
      (SELECT COALESCE(sum(f_quantity), 0) FROM lines l WHERE l.f_product = p.id)
      FROM r_product p WHERE p.deleted_at IS NULL)
  WHERE kept IS NOT wanted ORDER BY object, id, field LIMIT 20
)sql";

constexpr std::string_view kRows = R"sql(
  SELECT (SELECT count(*) FROM r_order_line WHERE deleted_at IS NULL) +
         (SELECT count(*) FROM r_order WHERE deleted_at IS NULL) +
         (SELECT count(*) FROM r_customer WHERE deleted_at IS NULL)
)sql";

std::string shown(const storage::Row& row, int column) {
  return row.is_null(column) ? "nothing" : row.text(column);
}

}  // namespace

std::vector<std::string> wrong_values(storage::Transaction& tx, Counted counted) {
  const std::string sql = std::string(kCounted) + std::string(kWrong);
  auto statement = tx.statement(sql);
  statement.bind(":only_void", std::int64_t{counted == Counted::only_void});
  return statement.all([](const storage::Row& row) {
    return row.text(0) + " " + row.text(1) + " " + row.text(2) + ": " + shown(row, 3) +
           ", counted " + shown(row, 4);
  });
}

std::int64_t counted_rows(storage::Transaction& tx) {
  return tx.statement(kRows).one([](const storage::Row& row) { return row.integer(0); });
}

}  // namespace tenon::simulation
