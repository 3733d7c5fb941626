// How alike two normal forms are, and a few keys by which alike ones are found.
//
// Likeness is Dice's coefficient over trigrams of code points, with blanks put around, in
// hundredths: 100 is equal, 0 has nothing in common. The signature is the eight smallest hashes of
// the bigrams: alike texts share at least one nearly always, and a text has only so many.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tenon::duplicate {

int likeness(std::string_view a, std::string_view b);
std::vector<std::string> signature(std::string_view text);

}  // namespace tenon::duplicate
