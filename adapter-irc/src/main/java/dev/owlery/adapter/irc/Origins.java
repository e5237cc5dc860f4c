package dev.owlery.adapter.irc;

import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes the keys by which an event is recognised when it comes again. With message ids that is the
 * id; with only server-time it is the time, the sender and the text; without either nothing ever
 * comes again, and a running number does. For the thread that reads the connection.
 */
final class Origins {
  private final Clock clock;
  private final String connection = UUID.randomUUID().toString();
  private long count;
  private String lastTimed = "";
  private int repetitions;

  Origins(Clock clock) {
    this.clock = clock;
  }

  /**
   * The origin of what a line tells.
   *
   * @param line the line
   * @param delivery live, or out of a history
   * @param place tells apart the events that one line makes in several rooms; may be empty
   * @return its origin
   */
  Origin of(IrcLine line, Delivery delivery, String place) {
    Optional<Instant> said = time(line);
    String key = line.tag("msgid").map(id -> "m" + id).orElseGet(() -> withoutId(line, said));
    return new Origin(
        place.isEmpty() ? key : key + "/" + place, said.orElseGet(clock::instant), delivery);
  }

  /**
   * The origin of something that no line told.
   *
   * @return a key that comes only once
   */
  Origin ofOurs() {
    return new Origin(connection + "." + ++count, clock.instant(), Delivery.LIVE);
  }

  private String withoutId(IrcLine line, Optional<Instant> said) {
    if (said.isEmpty()) {
      return connection + "." + ++count;
    }
    String what = line.source() + " " + line.verb() + " " + String.join(" ", line.params());
    String timed =
        "t"
            + said.get().toEpochMilli()
            + "."
            + Integer.toHexString(what.hashCode())
            + what.length();
    repetitions = timed.equals(lastTimed) ? repetitions + 1 : 0;
    lastTimed = timed;
    return timed + "." + repetitions;
  }

  /** A replay begins or ends: what is alike from now on is counted anew. */
  void newSequence() {
    lastTimed = "";
  }

  /**
   * When the server says that a line was said.
   *
   * @param line the line
   * @return the time tag, if there is a sensible one
   */
  static Optional<Instant> time(IrcLine line) {
    return line.tag("time").flatMap(Origins::instant);
  }

  private static Optional<Instant> instant(String written) {
    try {
      return Optional.of(Instant.parse(written));
    } catch (DateTimeParseException notATime) {
      return Optional.empty();
    }
  }
}
