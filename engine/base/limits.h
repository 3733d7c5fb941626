// Every bound of the engine, with its reason. A bound reached is the typed error `limit` or
// `too_large`, never a truncation. Each has a test at limit - 1, limit and limit + 1.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tenon::limits {

// JSON: parsers and destructors must never recurse deeper than the stack is known to bear.
inline constexpr int kJsonDepthMax = 64;
inline constexpr std::size_t kBodyBytesMax = 2u << 20;   // A record or batch of JSON.
inline constexpr std::size_t kFileBytesMax = 64u << 20;  // One uploaded file, held in memory once.

// Formulas: a tree is walked recursively, and a person must be able to read the text.
inline constexpr std::size_t kFormulaBytesMax = 4096;
inline constexpr int kFormulaDepthMax = 64;
inline constexpr int kFormulaNodesMax = 1024;
inline constexpr std::int64_t kFormulaStepsMax = 100'000;

// Bundles.
inline constexpr std::size_t kBundleBytesMax = 64u << 20;
inline constexpr int kBundleFilesMax = 10'000;
inline constexpr int kObjectsMax = 500;
inline constexpr int kFieldsPerObjectMax =
    500;  // SQLite binds 32,766 values and has 2,000 columns.
inline constexpr int kOptionsPerFieldMax = 500;
inline constexpr int kTableRowsMax = 2'000;  // Of a decision table in its file.
inline constexpr int kTableColumnsMax = 40;
inline constexpr int kTableRecordsMax = 10'000;  // Records that can be rows for one question.

// Reading.
inline constexpr int kPageRecordsMax = 200;
inline constexpr int kPathHopsMax = 4;        // account.owner.department.name
inline constexpr int kJoinsPerQueryMax = 24;  // That a caller asks for: planning time grows fast.
inline constexpr std::size_t kTablesPerQueryMax = 60;  // Derived fields' included; SQLite has 64.
inline constexpr std::size_t kRowTablesMax = 200;  // In the sub-selects of a query's aggregates.
inline constexpr int kSortKeysMax = 4;
inline constexpr int kGroupKeysMax = 4;
inline constexpr int kMeasuresMax = 20;
inline constexpr int kGroupRowsMax = 10'000;
inline constexpr int kCountEstimateMax = 10'000;
inline constexpr std::size_t kSearchBytesMax = 200;
inline constexpr std::int64_t kExportRecordsMax = 100'000;
inline constexpr std::size_t kExportBytesMax = 64u << 20;  // A file, held in memory once.
inline constexpr std::size_t kMemoItemsMax = 256;          // Plans kept; some KiB each.

// Time.
inline constexpr int kHolidaysPerCalendarMax = 5'000;  // A century of them; each is read at once.

// Writing.
inline constexpr int kBatchRecordsMax = 200;
inline constexpr std::size_t kReferencesPerFieldMax = 200;  // Read, named and shown at once.
inline constexpr int kMergeRecordsMax = 10;                 // That become one.
inline constexpr int kMergeReferencesMax = 5'000;           // That refer to those that go.
inline constexpr int kLinesPerRecordMax =
    5000;                                      // Read and judged as one; some 30 ms of the writer.
inline constexpr int kRowsGatheredMax = 5000;  // That refer back, as one aggregate looks at them.
inline constexpr int kLineLevelsMax = 16;      // Lines that hold lines: walked recursively.
inline constexpr int kDerivedRecordsMax = 5000;  // Other records that one command may bring along.
inline constexpr int kGroupCommandsMax = 32;     // Commands that share one fsync (stack: x16-32).
inline constexpr int kFillRowsMax = 20'000;      // A publish fills itself; more are a job.
inline constexpr std::size_t kTextBytesMax = 256u << 10;  // 65,536 code points of four bytes.

// Flows.
inline constexpr int kFlowNodesMax = 500;
inline constexpr int kFlowStepsPerRunMax = 10'000;   // Nodes entered: a circle ends somewhere.
inline constexpr int kFlowStepsPerCommandMax = 200;  // Then the run goes on by a job.
inline constexpr int kSimulatedStepsMax = 200;       // What people do and what falls due.
inline constexpr int kSeatsPerNodeMax = 200;
inline constexpr int kReturnsPerRunMax = 50;
inline constexpr std::size_t kAttachmentsPerActMax = 20;
inline constexpr int kFlowDepthMax = 8;          // Sub-flows of sub-flows.
inline constexpr int kMigrationSurveyMax = 500;  // Runs that a dry run for all looks at.
inline constexpr std::size_t kFlowVariablesBytesMax = 256u << 10;
inline constexpr int kManagerLevelsMax = 20;
inline constexpr int kDelegationHopsMax = 3;
inline constexpr int kRemindersMax = 30;
inline constexpr std::int64_t kUrgeEveryMs = 30 * 60'000;  // One seat is urged once in this time.

}  // namespace tenon::limits
