package dev.owlery.adapter.xmpp.adhoc;

import dev.owlery.api.chat.Conversation;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;

/** The executions that are open: bounded, and forgotten after a while. Any thread. */
final class AdHocSessions {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MOST = 200;
  private static final int MOST_OF_ONE = 5;
  private static final int MOST_OF_ADDRESS = 20;
  private static final String PREFIX = "adhoc-";

  private final Clock clock;
  private final Map<String, AdHocSession> open = new LinkedHashMap<>();

  AdHocSessions(Clock clock) {
    this.clock = clock;
  }

  /**
   * Opens one. Where a client, its address or all together have too many, one gives way: of that
   * client, of that address, or of the address that has most. It is the one that was used longest
   * ago.
   *
   * @param fresh a new session
   * @return what has given way, which is closed now; empty if there was room
   */
  synchronized Optional<AdHocSession> open(AdHocSession fresh) {
    forgetOld();
    Optional<AdHocSession> gone =
        tooMany(MOST_OF_ONE, each -> each.owner().equals(fresh.owner()))
            .or(() -> tooMany(MOST_OF_ADDRESS, each -> address(each).equals(address(fresh))))
            .or(() -> {
              BareJid most = busiest();
              return tooMany(MOST, each -> true).isEmpty()
                  ? Optional.empty()
                  : oldest(each -> address(each).equals(most));
            });
    gone.ifPresent(this::close);
    open.put(fresh.id(), fresh);
    return gone;
  }

  private static BareJid address(AdHocSession session) {
    return session.owner().asBareJid();
  }

  private Optional<AdHocSession> tooMany(int most, Predicate<AdHocSession> of) {
    return open.values().stream().filter(of).count() >= most ? oldest(of) : Optional.empty();
  }

  private Optional<AdHocSession> oldest(Predicate<AdHocSession> of) {
    return open.values().stream().filter(of).min(Comparator.comparing(AdHocSession::touched));
  }

  /** The address with most sessions; of several the one that came first. */
  private @Nullable BareJid busiest() {
    Map<BareJid, Integer> counts = new LinkedHashMap<>();
    open.values().forEach(each -> counts.merge(address(each), 1, Integer::sum));
    BareJid most = null;
    for (Map.Entry<BareJid, Integer> each : counts.entrySet()) {
      if (most == null || each.getValue() > counts.getOrDefault(most, 0)) {
        most = each.getKey();
      }
    }
    return most;
  }

  synchronized Optional<AdHocSession> find(String id) {
    forgetOld();
    return Optional.ofNullable(open.get(id));
  }

  synchronized void close(AdHocSession session) {
    open.remove(session.id());
  }

  private void forgetOld() {
    var limit = clock.instant().minus(LIFE);
    open.values().removeIf(session -> session.isOlderThan(limit));
  }

  /** The place where an execution's answers go. */
  static Conversation place(Conversation chat, String id) {
    return chat.inThread(PREFIX + id);
  }

  /** The execution that a place belongs to; empty for places of other kinds. */
  static Optional<String> idOf(Conversation where) {
    return where
        .thread()
        .filter(thread -> thread.startsWith(PREFIX))
        .map(thread -> thread.substring(PREFIX.length()));
  }
}
