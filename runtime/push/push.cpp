#include "runtime/push/push.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>

#include "engine/json/writer.h"
#include "engine/query/tasks.h"

namespace tenon::push {
namespace {

using query::ChangeNotice;

constexpr int kEventsMax = 500;            // Looked at in one go.
constexpr std::size_t kPerObjectMax = 50;  // Beyond, one notice for the object.
constexpr std::int64_t kHeartbeatMs = 15'000;
constexpr auto kCoalesce = std::chrono::milliseconds(100);

std::string event_text(std::string_view kind, std::int64_t cursor, std::string_view data) {
  std::string text = "event: ";
  text.append(kind).append("\nid: ").append(std::to_string(cursor)).append("\ndata: ");
  return text.append(data).append("\n\n");
}

std::string text_of_notice(const ChangeNotice& notice) {
  json::Writer writer;
  writer.begin_object();
  if (notice.kind == ChangeNotice::Kind::application) {
    writer.key("version").integer(notice.version).end_object();
    return event_text("application", notice.seq, writer.view());
  }
  writer.key("object").text(notice.object).key("id").text(tenon::text_of(notice.id));
  if (notice.kind == ChangeNotice::Kind::gone) {
    writer.end_object();
    return event_text("gone", notice.seq, writer.view());
  }
  writer.key("version").integer(notice.version).key("kind").text(notice.verb);
  writer.key("fields").begin_array();
  for (const std::string& field : notice.fields) writer.text(field);
  writer.end_array().end_object();
  return event_text("change", notice.seq, writer.view());
}

std::string text_of_object(const std::string& object, std::int64_t cursor) {
  json::Writer writer;
  writer.begin_object().key("object").text(object).end_object();
  return event_text("object", cursor, writer.view());
}

// The last notice of each record stands for those before it, with the fields of all of them.
std::vector<ChangeNotice> coalesced(std::vector<ChangeNotice> notices) {
  std::vector<ChangeNotice> kept;
  std::map<std::pair<std::string, std::int64_t>, std::size_t> places;
  for (ChangeNotice& notice : notices) {
    const auto [place, fresh] = places.try_emplace({notice.object, notice.id.value}, kept.size());
    if (fresh) {
      kept.push_back(std::move(notice));
      continue;
    }
    ChangeNotice& before = kept[place->second];
    for (const std::string& field : before.fields) {
      const auto& fields = notice.fields;
      if (std::find(fields.begin(), fields.end(), field) == fields.end()) {
        notice.fields.push_back(field);
      }
    }
    before = std::move(notice);
  }
  return kept;
}

std::string text_of_page(std::vector<ChangeNotice> notices) {
  notices = coalesced(std::move(notices));
  std::map<std::string, std::size_t> counts;
  for (const ChangeNotice& notice : notices) ++counts[notice.object];
  std::string text;
  std::map<std::string, std::int64_t> crowded;
  for (const ChangeNotice& notice : notices) {
    const bool many = !notice.object.empty() && counts[notice.object] > kPerObjectMax;
    if (many) {
      crowded[notice.object] = notice.seq;
    } else {
      text += text_of_notice(notice);
    }
  }
  for (const auto& [object, seq] : crowded) text += text_of_object(object, seq);
  return text;
}

}  // namespace

Push::Push(Source source) : source_(std::move(source)), thread_([this] { run(); }) {}

Push::~Push() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
  close_all();
}

void Push::add(std::shared_ptr<http::Stream> stream, Actor actor, std::int64_t cursor,
               std::function<bool()> is_valid) {
  std::int64_t newest = 0;
  std::int64_t rings = 0;
  source_.read([&](storage::Transaction& tx) {
    newest = query::newest_cursor(tx);
    rings = query::task_rings(tx, actor.user);
  });
  // Who comes back may have missed some, and is told once to look.
  if (cursor >= 0) rings = -1;
  if (cursor < 0 || cursor > newest) cursor = newest;
  stream->write(event_text("hello", cursor, "{}"));
  const std::lock_guard lock(mutex_);
  clients_.push_back(
      {std::move(stream), std::move(actor), cursor, std::move(is_valid), source_.now_ms(), rings});
  wanted_ = true;
  woken_.notify_all();
}

void Push::wake() {
  const std::lock_guard lock(mutex_);
  if (clients_.empty()) return;
  wanted_ = true;
  woken_.notify_all();
}

void Push::close_all() {
  const std::lock_guard lock(mutex_);
  for (Client& client : clients_) client.stream->close();
  clients_.clear();
}

void Push::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    woken_.wait_for(lock, std::chrono::milliseconds(kHeartbeatMs / 3),
                    [this] { return wanted_ || stopping_; });
    if (stopping_) return;
    wanted_ = false;
    if (clients_.empty()) continue;
    lock.unlock();
    try {
      tell_all();
    } catch (const std::exception& fault) {
      std::fprintf(stderr, "tenon: push: %s\n", fault.what());
    }
    std::this_thread::sleep_for(kCoalesce);
    lock.lock();
  }
}

void Push::tell_all() {
  // Only this thread takes clients out of the list, so they may be used without the lock.
  std::vector<Client*> clients;
  {
    const std::lock_guard lock(mutex_);
    for (Client& client : clients_) clients.push_back(&client);
  }
  source_.read([&](storage::Transaction& tx) {
    for (Client* client : clients) tell(*client, tx);
  });
  const std::lock_guard lock(mutex_);
  std::erase_if(clients_, [](const Client& client) { return client.stream == nullptr; });
}

void Push::tell(Client& client, storage::Transaction& tx) {
  const auto app = source_.application();
  const std::int64_t now = source_.now_ms();
  if (!client.is_valid()) {
    client.stream->close();
    client.stream = nullptr;
    return;
  }
  const auto context = query::context(*app, client.actor, tx, DateTime{now});
  auto page = query::changes_after(context, client.cursor, kEventsMax);
  const bool more = page.cursor - client.cursor >= kEventsMax;
  client.cursor = page.cursor;
  std::string text = text_of_page(std::move(page.notices));
  if (const auto rings = query::task_rings(tx, client.actor.user); rings != client.rings) {
    client.rings = rings;
    text += event_text("tasks", client.cursor, "{}");
  }
  if (text.empty() && now - client.told_at_ms >= kHeartbeatMs) text = ": here\n\n";
  if (!text.empty()) {
    client.told_at_ms = now;
    if (!client.stream->write(std::move(text))) client.stream = nullptr;
  }
  if (!more) return;
  const std::lock_guard lock(mutex_);
  wanted_ = true;
}

}  // namespace tenon::push
