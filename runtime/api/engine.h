// What the API needs of the process it runs in: snapshots to read, a queue to write, workers.
//
// Implemented by runtime/server. The API knows no threads: a read runs where it is called, a write
// on the writer's thread within a group commit, slow work (password hashes) on a worker.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/application/application.h"
#include "engine/base/clock.h"
#include "engine/command/context.h"
#include "runtime/auth/sign_ins.h"

namespace tenon::api {

struct Call;
using AppPointer = std::shared_ptr<const application::Application>;

// One thing to be written, whole or not at all.
struct Write {
  Actor actor;
  // On the writer's thread, with the newest application; may be run again when its group had to be
  // repeated. Nothing it keeps may outlive a refusal.
  std::function<Result<void>(command::Context& context)> run;
  // Once, on the writer's thread, when it is durable, refused, or not carried out.
  std::function<void(const Result<void>& outcome)> done;
  // A publish: becomes the application after COMMIT.
  AppPointer published;
  // What a refusal calls it: "POST /api/v1/records/order".
  std::string name = {};
  // Bounded by something else than the writer's time: publishes, chunks of imports, jobs.
  bool takes_its_time = false;
};

struct Readiness {
  bool ready = false;
  std::string reason;
};

class Engine {
 public:
  virtual ~Engine() = default;

  virtual AppPointer application() const = 0;
  virtual const Clock& clock() const = 0;  // The business clock.
  virtual IdSource& ids() = 0;
  virtual std::int64_t process_now_ms() const = 0;

  virtual void read(const std::function<void(storage::Transaction&)>& work) = 0;
  // The same on the I/O thread, as far as it is short: false where it was cut, to be done anew on a
  // worker (read_for() in call.h).
  virtual bool read_shortly(const std::function<void(storage::Transaction&)>& work) = 0;
  // `busy` at once, through done(), where the queue is full.
  virtual void write(std::shared_ptr<Write> write) = 0;
  // On a worker; false where its queue is full.
  virtual bool work(std::function<void()> job) = 0;

  // Moves a virtual business clock on; `done` when everything that fell due has been done, false
  // where it could not be written. Answers false, and calls nothing, where the clock is real.
  virtual bool advance_clock(std::int64_t to_ms, std::function<void(bool)> done) = 0;

  virtual auth::SignIns& sign_ins() = 0;
  // Answers the call with a stream of what changes (runtime/push).
  virtual void open_stream(std::shared_ptr<Call> call) = 0;
  virtual Readiness readiness() const = 0;
  virtual std::string metrics() const = 0;
  // Where uploaded files are kept.
  virtual std::string files_folder() const = 0;
  virtual bool is_demo() const = 0;
  // As browsers see it: "https://crm.example.com"; "" where it was not configured.
  virtual std::string public_url() const = 0;
};

}  // namespace tenon::api
