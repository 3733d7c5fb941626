#include "engine/text/collate.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

namespace tenon::text {
namespace {

std::vector<std::string> random_texts(const std::vector<std::string>& letters, int count) {
  std::mt19937 random(20261123);
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) {
    std::string& text = texts.emplace_back();
    for (auto left = random() % 6; left > 0; --left) text += letters[random() % letters.size()];
  }
  return texts;
}

int sign(int order) { return (order > 0) - (order < 0); }

}  // namespace

TEST_CASE("lists sort Latin first, then Chinese by pinyin", "[text]") {
  std::vector<std::string> names{"王",    "zebra", "李",     "Apple", "张", "apple", "赵",
                                 "Äpfel", "陈",    "banana", "10",    "9",  "安"};
  std::sort(names.begin(), names.end(),
            [](const auto& a, const auto& b) { return collate(a, b) < 0; });
  CHECK(names == std::vector<std::string>{"10", "9", "Äpfel", "apple", "Apple", "banana", "zebra",
                                          "安", "陈", "李", "王", "张", "赵"});
}

TEST_CASE("an empty text comes first, and only the same text is the same", "[text]") {
  CHECK(collate("", "") == 0);
  CHECK(collate("", " ") < 0);
  CHECK(collate("a", "") > 0);
  CHECK(collate("\u00e9", "e\u0301") != 0);
  CHECK(sign(collate("\u00e9", "e\u0301")) == -sign(collate("e\u0301", "\u00e9")));
}

TEST_CASE("plain ASCII is in the order that its keys have", "[text]") {
  std::vector<std::string> letters;
  for (char c = ' '; c <= '~'; ++c) letters.emplace_back(1, c);
  const auto texts = random_texts(letters, 300);
  bool all = true;
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      all = all && sign(collate(a, b)) == sign(sort_key(a).compare(sort_key(b)));
    }
  }
  CHECK(all);
}

TEST_CASE("mixed texts are in the order that their keys have", "[text]") {
  const auto texts = random_texts(
      {"a", "A", "b", "é", "E\u0301", "ß", "ss", "合", "同", "。", " ", "-", "1", "😀", "Ａ"}, 300);
  bool all = true;
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      all = all && sign(collate(a, b)) == sign(sort_key(a).compare(sort_key(b)));
    }
  }
  CHECK(all);
}

TEST_CASE("many threads may compare at once", "[text]") {
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([&wrong, i] {
      for (int n = 0; n < 20'000; ++n)
        wrong[i] += collate("合同", "王") >= 0 || collate("a", "B") >= 0;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}

}  // namespace tenon::text
