// Nothing in engine, runtime or designer names a word that only a shipped bundle brings.
//
// The words: object, field, option and role names of schemas/sales_crm, and the bundle's own name;
// less the words of the formats (schemas/metadata, schemas/api) and of the system bundle, the
// rooms, and a short list of ordinary words. Comments are free. A word counts as a whole name, in
// any writing (CloseValue, close_value), as a whole text, and inside a text without spaces. Tests
// beside their source are free, too.
#include <cctype>
#include <set>

#include "tests/tidy/finding.h"
#include "tests/tidy/json.h"
#include "tests/tidy/rooms.h"
#include "tests/tidy/scan.h"

namespace tenon::tidy {
namespace {

using Words = std::set<std::string, std::less<>>;

constexpr std::string_view kBundle = "schemas/sales_crm";
constexpr std::string_view kOrdinaryFile = "tests/tidy/ordinary_words.txt";
constexpr std::size_t kOrdinaryMax = 60;
constexpr std::size_t kLengthMin = 3;  // "a", "of": nobody can call them distinctive.
constexpr std::string_view kNeverOrdinary = "opportunity";

void add(Words& words, std::string_view word) {
  if (word.size() >= kLengthMin) words.emplace(word);
}

// Names of fields with their options, wherever in the file a `fields` array stands.
void add_fields(const Json& json, Words& words) {
  const auto* fields = json.member("fields");
  if (fields == nullptr || fields->kind != Json::Kind::array) return;
  for (const auto& [_, field] : fields->members) {
    add(words, field.text_of("name"));
    const auto* options = field.member("options");
    if (options == nullptr) continue;
    for (const auto& [__, option] : options->members) add(words, option.text_of("name"));
  }
}

Words bundle_words(const Tree& tree, std::string_view folder) {
  Words words;
  for (const auto& file : tree.files) {
    if (!under(file.path, folder) || extension_of(file.path) != ".json") continue;
    const auto kind = file_name_of(folder_of(file.path));
    const bool whole = file_name_of(file.path) == "bundle.json";
    if (!whole && kind != "objects" && kind != "roles") continue;
    const auto json = parse_json(file.text);
    add(words, json.text_of("name"));
    if (kind == "objects") add_fields(json, words);
  }
  return words;
}

// Names of properties and values of enum and const in a JSON Schema.
void add_schema(const Json& json, Words& words) {
  for (const auto& [name, value] : json.members) {
    if (name == "properties") {
      for (const auto& [property, _] : value.members) add(words, property);
    }
    if (name == "const") add(words, value.text);
    if (name == "enum") {
      for (const auto& [_, item] : value.members) add(words, item.text);
    }
    add_schema(value, words);
  }
}

// "name": in the examples of a description.
void add_members_shown(std::string_view text, Words& words) {
  for (auto at = text.find("\":"); at != std::string_view::npos; at = text.find("\":", at + 1)) {
    const auto begin = text.rfind('"', at - 1);
    if (at > 0 && begin != std::string_view::npos)
      add(words, text.substr(begin + 1, at - begin - 1));
  }
}

Words ordinary_words(const Tree& tree, Findings& findings) {
  Words words;
  const auto* file = tree.find(kOrdinaryFile);
  for (const auto line : lines_of(file == nullptr ? std::string_view() : file->text)) {
    for (const auto word : split(line.substr(0, line.find('#')), " \t")) words.emplace(word);
  }
  if (words.size() > kOrdinaryMax) {
    findings.push_back(
        {"word", std::string(kOrdinaryFile), 0,
         std::to_string(words.size()) + " words; at most " + std::to_string(kOrdinaryMax)});
  }
  if (words.erase(std::string(kNeverOrdinary)) > 0) {
    findings.push_back({"word", std::string(kOrdinaryFile), 0,
                        std::string(kNeverOrdinary) + " is no ordinary word"});
  }
  return words;
}

Words words_of_formats(const Tree& tree) {
  Words words = bundle_words(tree, "schemas/system");
  for (const auto& file : tree.files) {
    const bool api = under(file.path, "schemas/api");
    if (!api && !under(file.path, "schemas/metadata")) continue;
    if (extension_of(file.path) == ".json") add_schema(parse_json(file.text), words);
    if (api && extension_of(file.path) == ".md") add_members_shown(file.text, words);
  }
  for (const auto& [folder, _] : floors_of(tree)) add(words, file_name_of(folder));
  words.erase(std::string(kNeverOrdinary));
  return words;
}

bool has_space(std::string_view text) {
  return text.find_first_of(" \n\t") != std::string_view::npos;
}

class Reader {
 public:
  Reader(const File& file, const Words& words, Findings& findings)
      : file_(file), words_(words), findings_(findings) {}

  void check() {
    const auto language = is_cpp(file_.path) ? Language::cpp : Language::typescript;
    const auto tokens = scan(file_.text, language);
    for (const auto& token : tokens) {
      if (token.kind == Token::Kind::name) look_up(as_snake_case(token.text), token.line);
      if (token.kind == Token::Kind::text) check_text(token);
    }
    if (extension_of(file_.path) == ".tsx") check_jsx(tokens);
  }

 private:
  void look_up(const std::string& word, int line) {
    if (!words_.contains(word)) return;
    if (!findings_.empty() && findings_.back().path == file_.path &&
        findings_.back().line == line) {
      return;  // One finding a line is enough.
    }
    findings_.push_back({"word", file_.path, line,
                         "\"" + word + "\" is a word of " + std::string(kBundle) +
                             ": name what it is to every application"});
  }

  void check_text(const Token& token) {
    look_up(as_snake_case(token.text), token.line);
    const bool spaced = has_space(token.text);
    std::string part;
    for (std::size_t i = 0; i <= token.text.size(); ++i) {
      const char c = i < token.text.size() ? token.text[i] : ' ';
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
        part += c;
        continue;
      }
      // In a sentence, or SQL, only a name of several words is surely one.
      if (!spaced || part.find('_') != std::string::npos) look_up(part, token.line);
      part.clear();
    }
  }

  // Text between > and < or {, several words as one name.
  void check_jsx(const std::vector<Token>& tokens) {
    std::string text;
    bool inside = false;
    for (const auto& token : tokens) {
      if (token.kind == Token::Kind::name && inside) {
        text += (text.empty() ? "" : " ") + std::string(token.text);
        continue;
      }
      if (inside && !text.empty()) look_up(as_snake_case(text), token.line);
      text.clear();
      inside = token.kind == Token::Kind::sign && token.text == ">";
    }
  }

  const File& file_;
  const Words& words_;
  Findings& findings_;
};

}  // namespace

void check_words(const Tree& tree, Findings& findings) {
  auto words = bundle_words(tree, kBundle);
  for (const auto& word : words_of_formats(tree)) words.erase(word);
  for (const auto& word : ordinary_words(tree, findings)) words.erase(word);
  for (const auto& file : tree.files) {
    const bool own =
        under(file.path, "engine") || under(file.path, "runtime") || under(file.path, "designer");
    const bool test = file.path.find(".test.ts") != std::string::npos;
    if (!own || test || (!is_cpp(file.path) && !is_typescript(file.path))) continue;
    Reader(file, words, findings).check();
  }
}

}  // namespace tenon::tidy
