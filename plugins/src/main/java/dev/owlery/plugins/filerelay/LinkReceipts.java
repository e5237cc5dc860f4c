package dev.owlery.plugins.filerelay;

import dev.owlery.api.file.TransferException;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;

/**
 * What senders of links are still to hear: that their file has been received, or will not be. Told
 * until they have heard it, with pauses that grow, over restarts, for as long as a link is good.
 * Without it a sender that was away at that moment would wait for its whole life. Any thread.
 */
final class LinkReceipts {

  private static final String OWED = "owed ";
  private static final int MOST = 1_000;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final LinkFetcher fetcher;
  private final Store store;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Duration age;
  private final Logger log;

  LinkReceipts(
      LinkFetcher fetcher,
      Store store,
      Scheduler scheduler,
      Clock clock,
      Duration age,
      Logger log) {
    this.fetcher = fetcher;
    this.store = store;
    this.scheduler = scheduler;
    this.clock = clock;
    this.age = age;
    this.log = log;
  }

  /** What an earlier process owed. */
  void start() {
    store.entries(OWED).keySet().forEach(key -> later(link(key), SHORTEST));
  }

  /** Tells it now and waits for the answer; if there is none, it is told again later. */
  void tell(URI link, String text) {
    if (!isHeard(link, text)) {
      Map<String, String> owed = store.entries(OWED);
      if (owed.size() < MOST) {
        store.put(OWED + link, clock.instant().plus(age).getEpochSecond() + " " + text);
        later(link, SHORTEST);
      } else {
        log.warn("too many senders of links are away: one will not hear what became of its file");
      }
    }
  }

  private static URI link(String key) {
    return URI.create(key.substring(OWED.length()));
  }

  private void later(URI link, Duration pause) {
    var _ = scheduler.after(pause, () -> again(link, pause));
  }

  private void again(URI link, Duration pause) {
    String[] owed = store.get(OWED + link).orElse("").split(" ", 2);
    if (owed.length < 2) {
      return;
    }
    Instant until = Instant.ofEpochSecond(Long.parseLong(owed[0]));
    if (clock.instant().isAfter(until) || isHeard(link, owed[1])) {
      store.remove(OWED + link);
    } else {
      Duration next = pause.multipliedBy(2);
      later(link, next.compareTo(LONGEST) < 0 ? next : LONGEST);
    }
  }

  private boolean isHeard(URI link, String text) {
    try {
      fetcher.tell(link, text);
      return true;
    } catch (TransferException never) {
      log.debug("a sender does not want to hear of its file: {}", never.getMessage());
      return true;
    } catch (IOException away) {
      log.debug("a sender does not hear of its file: {}", away.toString());
      return false;
    }
  }
}
