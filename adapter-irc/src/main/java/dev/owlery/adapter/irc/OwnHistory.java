package dev.owlery.adapter.irc;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * What the replayed history of this connection's rooms shows of our own lines, so that a line which
 * may or may not have been sent before can be looked up. Safe for use by several threads.
 */
final class OwnHistory {
  /** The oldest are forgotten first; then what they were asked about stays doubtful. */
  private static final int MOST = 20_000;

  /** Histories have whole seconds, and clocks differ. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private record OwnLine(
      String target, String text, Instant at, String token, Optional<MessageId> id) {}

  private final Deque<OwnLine> lines = new ArrayDeque<>();
  private final Map<String, Instant> oldest = new HashMap<>();
  private boolean hasForgotten;

  /** A line of anybody was replayed. */
  synchronized void replayed(String room, Instant at) {
    oldest.merge(room, at, (one, other) -> one.isBefore(other) ? one : other);
  }

  /** A line of ours was replayed. */
  synchronized void own(
      String room, String text, Instant at, String token, Optional<MessageId> id) {
    if (lines.size() >= MOST) {
      lines.removeFirst();
      hasForgotten = true;
    }
    lines.addLast(new OwnLine(room, text, at, token, id));
  }

  /**
   * Looks a line up.
   *
   * @param room where it was to be said, folded
   * @param text what it was to say, as on the wire
   * @param token its token
   * @param madeAt when it was made
   * @return settled if it is there, not sent if the history reaches back far enough and it is not,
   *     else doubtful
   */
  synchronized Outcome find(String room, String text, String token, Instant madeAt) {
    Iterator<OwnLine> each = lines.iterator();
    while (each.hasNext()) {
      OwnLine line = each.next();
      boolean isIt =
          line.token().isEmpty()
              ? line.text().equals(text) && !line.at().isBefore(madeAt.minus(SLACK))
              : line.token().equals(token);
      if (isIt && line.target().equals(room)) {
        each.remove();
        return new Outcome.Settled(new Receipt.Delivered(line.id()));
      }
    }
    Instant reaches = oldest.get(room);
    if (reaches != null && !reaches.isAfter(madeAt) && !hasForgotten) {
      return new Outcome.NotSent(Duration.ZERO, "the room's history does not have it");
    }
    return new Outcome.Doubtful("the network keeps no history that tells");
  }
}
