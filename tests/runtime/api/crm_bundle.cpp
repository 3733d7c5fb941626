#include "tests/runtime/api/crm_bundle.h"

#include "runtime/cli/bundle_folder.h"
#include "tests/runtime/api/rename_all.h"

namespace tenon::api::test {
namespace {

// One director, two teams: Dustin has Anna and Cecily, Melvin has Moses.
constexpr std::string_view kTeams = R"(sales_agent,manager,regional_office
Anna Snelling,Dustin Brinkmann,Central
Cecily Lampkin,Dustin Brinkmann,Central
Moses Frase,Melvin Marxen,East
)";
constexpr std::string_view kDirectors = R"(name,email,locale
Helen Marsh,helen.marsh@example.com,en
)";
constexpr std::string_view kProducts = R"(product,series,sales_price
GTX Basic,GTX,550
GTX Pro,GTX,4821
MG Special,MG,55
)";
constexpr std::string_view kAccounts =
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
    "Acme Corporation,technolgy,1996,1100.04,2822,United States,\n"
    "Betasoloin,<=medical>,1999,251.41,495,Philipines,\n"
    "Cancity,<=retail>,2001,718.62,2448,United States,Acme Corporation\n";
constexpr std::string_view kContacts =
    "key,name,account,job_title,role,email,phone,owner\n"
    "C001,Amelia Hart,Cancity,Head,<=decision_maker>,amelia@cancity.example.com,"
    "+1 202 555 0100,anna.snelling\n"
    "C002,Noah Whitfield,Betasoloin,Manager,<=influencer>,noah@beta.example.com,"
    "+1 202 555 0101,moses.frase\n";
constexpr std::string_view kLeads =
    "key,name,company,job_title,email,phone,source,status,disqualified_reason,"
    "product,interest,owner\n"
    "L001,Grace Okafor,Brightwater,Director,grace@example.com,,<=website>,<=new>,,"
    "GTX Pro,4,anna.snelling\n"
    "L002,Victor Hale,Hale & Sons,Owner,victor@example.com,,<=referral>,"
    "<=disqualified>,<=no_need>,,3,moses.frase\n";
constexpr std::string_view kActivities =
    "key,opportunity,account,kind,subject,due_on,done,done_on,owner,outcome\n"
    "A001,OPP1,Cancity,<=call>,Introduce the offer,2017-12-23,yes,2017-12-23,"
    "anna.snelling,Interested.\n"
    "A002,OPP1,Cancity,<=meeting>,Follow up,2018-01-06,no,,anna.snelling,\n"
    "A003,OPP6,Betasoloin,<=visit>,Show the product,2018-02-01,no,,moses.frase,\n";
// Anna has four, Cecily one, Moses two; the last row cannot be taken: there is no such stage.
constexpr std::string_view kPipeline =
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,"
    "close_value\n"
    "OPP1,Anna Snelling,GTX Basic,Cancity,<=won>,10/20/2016,3/1/2017,1054\n"
    "OPP2,Anna Snelling,GTXPro,Betasoloin,<=won>,10/25/2016,3/11/2017,4514\n"
    "OPP3,Anna Snelling,GTX Basic,Cancity,<=lost>,11/1/2016,3/7/2017,0\n"
    "OPP4,Anna Snelling,GTX Pro,,<=engaging>,11/3/2017,,\n"
    "OPP5,Cecily Lampkin,MG Special,Betasoloin,<=won>,11/5/2016,3/2/2017,49\n"
    "OPP6,Moses Frase,GTX Basic,Betasoloin,<=engaging>,11/9/2017,,\n"
    "OPP7,Moses Frase,MG Special,Cancity,<=won>,12/1/2016,3/9/2017,57\n"
    "OPP8,Moses Frase,MG Special,Cancity,vanished,12/1/2016,3/9/2017,57\n";

void add_data(CrmBundle& crm) {
  const auto add = [&](const std::string& file, std::string_view text) {
    crm.files["data/" + file + ".csv"] = crm.names.expand(text);
  };
  add("sales_teams", kTeams);
  add("directors", kDirectors);
  add("products", kProducts);
  add("accounts", kAccounts);
  add("contacts", kContacts);
  add("leads", kLeads);
  add("activities", kActivities);
  add("sales_pipeline", kPipeline);
}

metadata::Files shipped_files() {
  return cli::read_bundle(std::string(TENON_SOURCE_DIR) + "/schemas/sales_crm");
}

// Every server would play them before it publishes; that they go as told is the test `stories`.
void leave_out_stories(CrmBundle& crm) {
  std::erase_if(crm.files, [](const auto& file) { return file.first.starts_with("stories/"); });
}

}  // namespace

CrmBundle shipped_crm() {
  CrmBundle crm;
  crm.files = shipped_files();
  crm.names = own_names(crm.files);
  leave_out_stories(crm);
  add_data(crm);
  return crm;
}

CrmBundle renamed_crm(std::uint32_t seed) {
  CrmBundle crm;
  crm.files = rename_all(shipped_files(), seed, crm.names);
  leave_out_stories(crm);
  add_data(crm);
  return crm;
}

void replace(CrmBundle& crm, const std::string& file, const std::string& old,
             const std::string& text) {
  std::string& content = crm.files.at(file);
  const auto at = content.find(old);
  if (at == std::string::npos) throw std::logic_error(file + " has no " + old);
  content.replace(at, old.size(), text);
}

}  // namespace tenon::api::test
