package dev.owlery.plugins.share;

import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * All links, over restarts, by the hash of their secrets. Decides who may fetch, and tells who has.
 * May be used from any thread.
 */
final class LinkTable {

  private static final String KEY = "share ";

  /** So long it is known why a link does not work any more. */
  private static final long REMEMBERED = Duration.ofDays(1).toMillis();

  private final Store store;
  private final Bot bot;
  private final Clock clock;
  private final Logger log;
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  LinkTable(Store store, Bot bot, Clock clock, Logger log) {
    this.store = store;
    this.bot = bot;
    this.clock = clock;
    this.log = log;
  }

  Optional<SharedLink> find(String hash) {
    return store.get(KEY + hash).map(SharedLink::read);
  }

  /** All that have not expired, by hash. */
  Map<String, SharedLink> all() {
    long now = clock.millis();
    Map<String, SharedLink> all = new TreeMap<>();
    store
        .entries(KEY)
        .forEach((key, written) -> {
          SharedLink share = SharedLink.read(written);
          if (share.until() > now) {
            all.put(key.substring(KEY.length()), share);
          }
        });
    return all;
  }

  void add(String hash, SharedLink share) {
    store.put(KEY + hash, share.written());
  }

  /** Ends a link, and what is being fetched by it. */
  void revoke(String hash) {
    store.remove(KEY + hash);
    revoked.add(hash);
  }

  boolean isRevoked(String hash) {
    return revoked.contains(hash);
  }

  void forgetOld() {
    long now = clock.millis();
    store
        .entries(KEY)
        .forEach((key, written) -> {
          if (SharedLink.read(written).until() + REMEMBERED < now) {
            store.remove(key);
          }
        });
  }

  /**
   * Lets a request through, and remembers that before anything is sent.
   *
   * @param offset the first byte that it wants
   * @return which fetch it belongs to; empty if the link is used up
   */
  synchronized OptionalInt admit(String hash, String from, long offset) {
    Optional<SharedLink> found = find(hash);
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    SharedLink share = found.get();
    OptionalInt index = share.fetchOf(from, offset, clock.millis());
    if (index.isPresent()) {
      int at = index.getAsInt();
      Fetch fetch =
          at < share.fetches().size()
              ? share.fetches().get(at).again()
              : Fetch.by(from, clock.millis());
      add(hash, share.with(at, fetch));
    } else if (!share.refused()) {
      save(
          hash,
          share.refusedOnce(),
          from + " wanted " + share.name() + " too, but its link is used up.");
    }
    return index;
  }

  /** Remembers what was sent, and tells whom it concerns if that was the last of it. */
  synchronized void sent(String hash, int index, FileRange stretch, boolean wholeFolder) {
    Optional<SharedLink> found = find(hash);
    if (found.isEmpty()) {
      return;
    }
    SharedLink share = found.get();
    Fetch before = share.fetches().get(index);
    Fetch after = before.with(stretch, false, 0);
    boolean whole = share.isFolder() ? wholeFolder : share.isAll(after);
    SharedLink now = share.with(index, before.with(stretch, whole, clock.millis()));
    if (whole && !before.isOver()) {
      save(hash, now, told(now, after.from()));
    } else {
      add(hash, now);
    }
  }

  private static String told(SharedLink share, String from) {
    long fetched = share.fetched();
    return share.name()
        + " was fetched by "
        + from
        + (share.times() == 1 ? "." : " (" + fetched + " of " + share.times() + ").");
  }

  private void save(String hash, SharedLink share, String line) {
    log.info("link {}: {}", share.id(), line);
    bot.asOne(() -> {
      add(hash, share);
      try {
        bot.say(bot.locate(share.where()), line);
      } catch (IllegalArgumentException gone) {
        log.warn("nobody to tell about link {}: {}", share.id(), gone.getMessage());
      }
    });
  }
}
