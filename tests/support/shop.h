// A small shop: orders with lines that hold lines, and what derives from them through a chain of
// objects: line → order → customer → region.
#pragma once

#include <string>

#include "engine/metadata/bundle.h"

namespace tenon::support {

inline const std::string kShopRegionObject = R"json({
  "name": "region", "label": "Region", "label_plural": "Regions", "title_field": "name",
  "fields": [
    {"name": "name", "label": "Name", "type": "text"},
    {"name": "turnover", "label": "Turnover", "type": "rollup", "function": "sum",
     "of": "customers.turnover"}]})json";

inline const std::string kShopCustomerObject = R"json({
  "name": "customer", "label": "Customer", "label_plural": "Customers", "title_field": "name",
  "fields": [
    {"name": "name", "label": "Name", "type": "text", "required": true},
    {"name": "level", "label": "Level", "type": "choice", "options": [
      {"name": "a", "label": "A"}, {"name": "b", "label": "B"}]},
    {"name": "region", "label": "Region", "type": "reference", "to": "region",
     "on_delete": "clear", "back": "customers"},
    {"name": "orders_count", "label": "Orders", "type": "rollup", "function": "count",
     "of": "orders"},
    {"name": "turnover", "label": "Turnover", "type": "rollup", "function": "sum",
     "of": "orders.net", "filter": "state <> \"void\""},
    {"name": "largest", "label": "Largest", "type": "rollup", "function": "max",
     "of": "orders.net"},
    {"name": "is_large", "label": "Large", "type": "formula",
     "formula": "turnover >= 100"}]})json";

inline const std::string kShopProductObject = R"json({
  "name": "product", "label": "Product", "label_plural": "Products", "title_field": "name",
  "fields": [
    {"name": "name", "label": "Name", "type": "text"},
    {"name": "price", "label": "Price", "type": "money"},
    {"name": "sold", "label": "Sold", "type": "rollup", "function": "sum",
     "of": "sales.quantity"}]})json";

inline const std::string kShopOrderObject = R"json({
  "name": "order", "label": "Order", "label_plural": "Orders", "title_field": "number",
  "ownership": {"field": "clerk"},
  "fields": [
    {"name": "number", "label": "Number", "type": "text", "required": true},
    {"name": "customer", "label": "Customer", "type": "reference", "to": "customer",
     "on_delete": "cascade", "back": "orders"},
    {"name": "clerk", "label": "Clerk", "type": "user", "default_formula": "$user"},
    {"name": "state", "label": "State", "type": "choice", "default": "open", "options": [
      {"name": "open", "label": "Open"}, {"name": "void", "label": "Void"}]},
    {"name": "rate", "label": "Rate", "type": "decimal", "default": "1.00"},
    {"name": "lines", "label": "Lines", "type": "children", "to": "order_line",
     "parent": "order"},
    {"name": "net", "label": "Net", "type": "rollup", "function": "sum", "of": "lines.net"},
    {"name": "size", "label": "Size", "type": "rollup", "function": "count", "of": "lines",
     "filter": "quantity > 1"},
    {"name": "level", "label": "Level", "type": "lookup", "path": "customer.level"},
    {"name": "gross", "label": "Gross", "type": "formula", "formula": "net * 1.2",
     "scale": 2}]})json";

inline const std::string kShopOrderLineObject = R"json({
  "name": "order_line", "label": "Line", "label_plural": "Lines", "title_field": "note",
  "fields": [
    {"name": "note", "label": "Note", "type": "text"},
    {"name": "product", "label": "Product", "type": "reference", "to": "product",
     "on_delete": "clear", "back": "sales"},
    {"name": "quantity", "label": "Quantity", "type": "integer", "required": true, "default": 1},
    {"name": "price", "label": "Price", "type": "money"},
    {"name": "list_price", "label": "List price", "type": "lookup", "path": "product.price"},
    {"name": "parts", "label": "Parts", "type": "children", "to": "order_line",
     "parent": "whole"},
    {"name": "parts_net", "label": "Parts net", "type": "rollup", "function": "sum",
     "of": "parts.net"},
    {"name": "net", "label": "Net", "type": "formula", "scale": 2,
     "formula": "quantity * (COALESCE(price, 0) + parts_net)"},
    {"name": "charged", "label": "Charged", "type": "formula", "scale": 2,
     "formula": "net * order.rate"}]})json";

inline metadata::Files shop() {
  return {{"bundle.json", R"({"format": 1, "name": "shop", "version": "1", "label": "Shop",
            "time_zone": "UTC", "currency": "EUR"})"},
          {"objects/region.json", kShopRegionObject},
          {"objects/customer.json", kShopCustomerObject},
          {"objects/product.json", kShopProductObject},
          {"objects/order.json", kShopOrderObject},
          {"objects/order_line.json", kShopOrderLineObject},
          {"rules/no_gift.json", R"json({"name": "no_gift", "object": "order_line",
            "when": "price < 0", "effect": "reject", "field": "price", "message": "No."})json"},
          {"rules/no_debt.json", R"json({"name": "no_debt", "object": "order",
            "when": "net > 1000000", "effect": "reject", "field": "number",
            "message": "Too much."})json"},
          {"roles/clerk.json", R"json({"name": "clerk", "label": "Clerk", "objects": {
            "customer": {"read": "all"}, "product": {"read": "all"}, "user": {"read": "all"},
            "order": {"read": "own", "create": true, "update": "own", "delete": "own"}}})json"},
          {"roles/reader.json", R"json({"name": "reader", "label": "Reader", "objects": {
            "order": {"read": "all", "update": "all", "fields": {"lines": "read"}}}})json"}};
}

}  // namespace tenon::support
