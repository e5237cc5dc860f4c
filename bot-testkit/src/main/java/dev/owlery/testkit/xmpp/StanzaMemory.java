package dev.owlery.testkit.xmpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that a client has received, in order, and how far its test has read. */
final class StanzaMemory {
  private static final int MOST_SHOWN = 40;

  private final List<XmppStanza> seen = new ArrayList<>();
  private int next;
  private boolean ended;

  void add(XmppStanza stanza) {
    synchronized (seen) {
      seen.add(stanza);
      seen.notifyAll();
    }
  }

  void end() {
    synchronized (seen) {
      ended = true;
      seen.notifyAll();
    }
  }

  boolean isEnded() {
    synchronized (seen) {
      return ended;
    }
  }

  List<XmppStanza> all() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  List<String> textsFrom(String from) {
    return all().stream()
        .filter(stanza -> stanza.name().equals("message") && stanza.from().startsWith(from))
        .map(XmppStanza::body)
        .filter(body -> !body.isEmpty())
        .toList();
  }

  int size() {
    synchronized (seen) {
      return seen.size();
    }
  }

  /** Looks from the stanza after the last one returned here. */
  XmppStanza expect(String what, Predicate<XmppStanza> wanted, Duration patience) {
    int from;
    synchronized (seen) {
      from = next;
    }
    int found = find(from, what, wanted, patience);
    synchronized (seen) {
      next = found + 1;
      return seen.get(found);
    }
  }

  /** Looks from a place of its own, without a change to what is expected next. */
  XmppStanza find(int from, String what, Predicate<XmppStanza> wanted) {
    int found = find(from, what, wanted, RawXmppClient.PATIENCE);
    synchronized (seen) {
      return seen.get(found);
    }
  }

  private int find(int from, String what, Predicate<XmppStanza> wanted, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (int at = from; ; at++) {
      XmppStanza stanza = await(at, deadline);
      if (stanza == null) {
        throw new AssertionError("expected " + what + ", saw " + tail(from));
      }
      if (wanted.test(stanza)) {
        return at;
      }
    }
  }

  private @Nullable XmppStanza await(int at, long deadline) {
    synchronized (seen) {
      while (at >= seen.size()) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || ended) {
          return null;
        }
        try {
          seen.wait(Math.max(1, left / 1_000_000));
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting for a stanza", stopped);
        }
      }
      return seen.get(at);
    }
  }

  private String tail(int from) {
    synchronized (seen) {
      StringBuilder text = new StringBuilder(ended ? "(connection ended) " : "");
      int first = Math.max(from, seen.size() - MOST_SHOWN);
      if (first > from) {
        text.append("(%d more) ".formatted(first - from));
      }
      seen.subList(first, seen.size()).forEach(each -> text.append("\n  ").append(each));
      return text.toString();
    }
  }
}
