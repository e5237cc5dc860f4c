package dev.owlery.adapter.xmpp;

import dev.owlery.api.chat.Conversation;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jxmpp.jid.Jid;

/** The executions that are open: bounded, and forgotten after a while. Any thread. */
final class AdHocSessions {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MOST = 200;
  private static final int MOST_OF_ONE = 5;
  private static final String PREFIX = "adhoc-";

  private final Clock clock;
  private final Map<String, AdHocSession> open = new LinkedHashMap<>();

  AdHocSessions(Clock clock) {
    this.clock = clock;
  }

  /**
   * Opens one.
   *
   * @param fresh a new session
   * @return false if there are too many, altogether or of its owner
   */
  synchronized boolean open(AdHocSession fresh) {
    forgetOld();
    Jid owner = fresh.owner();
    long own = open.values().stream().filter(each -> each.owner().equals(owner)).count();
    if (open.size() >= MOST || own >= MOST_OF_ONE) {
      return false;
    }
    open.put(fresh.id(), fresh);
    return true;
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
