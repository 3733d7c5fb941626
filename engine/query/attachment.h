// An uploaded file, as far as the actor may fetch it.
#pragma once

#include <optional>
#include <string>

#include "engine/query/context.h"

namespace tenon::query {

struct Attachment {
  std::string name;
  std::string type;
  std::string sha256;     // Of its bytes, which the runtime keeps.
  std::int64_t size = 0;  // In bytes.
};

// The uploader may fetch a file, and whoever may see a record that holds it in a readable field.
// Nothing for everybody else, as for a file that is not there.
std::optional<Attachment> attachment(const Context& context, RecordId file);

// The same for who may fetch it for another reason, which the caller has looked at.
std::optional<Attachment> stored_file(const application::Application& app, storage::Transaction& tx,
                                      RecordId file);

// Whether a run's history has the file, or a record holds it, also one that was erased and may come
// back.
bool is_attached(const application::Application& app, storage::Transaction& tx, RecordId file);
// Whether a file, also an erased one, has these bytes: then they must stay.
bool are_bytes_needed(const application::Application& app, storage::Transaction& tx,
                      std::string_view sha256);

}  // namespace tenon::query
