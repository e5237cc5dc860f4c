package dev.owlery.core.journal;

import dev.owlery.api.event.Origin;
import dev.owlery.api.event.Origin.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a conversation has been recorded, from which adapters catch up. Stamps come from outside,
 * so the cursor trusts them only as far as our own clock goes: a stamp of tomorrow never makes a
 * cursor that hides what is said until then, and history that is read again does not move it back.
 */
final class RoomCursor {

  private RoomCursor() {}

  /**
   * Where the cursor stands behind one more recorded event.
   *
   * @param before where it stood; null if nothing was recorded
   * @param event the event's origin
   * @param now our own clock
   * @return the event's key and delivery, with a time no later than ours; of history no earlier
   *     than before
   */
  static Origin after(@Nullable Origin before, Origin event, Instant now) {
    Instant at = event.at().isAfter(now) ? now : event.at();
    // Live events may move it back: a server's clock can be behind ours, which stamps what it does
    // not. A cursor ahead of our clock stems from a time when that was wrong.
    if (before != null
        && event.delivery() == Delivery.CATCH_UP
        && !before.at().isAfter(now)
        && before.at().isAfter(at)) {
      at = before.at();
    }
    return at.equals(event.at()) ? event : new Origin(event.key(), at, event.delivery());
  }
}
