package dev.owlery.core.outbox;

import java.util.function.BooleanSupplier;

/**
 * For whom there is how much room in an account's outbox. Automatic lines get half of it. The last
 * eighth is for those for whom the network vouches. In the last quarter no conversation gets more
 * than a sixteenth of the whole, so that one that is flooded leaves room for the others. Guarded by
 * its desk's lock, apart from {@link #awaitCapacity}.
 */
final class OutboxQuota {

  private final int limit;

  /** Those who would make more letters, where there are many. */
  private final Backpressure full = new Backpressure();

  /** Those of them for whom the network vouches: they wait only where there is hardly any room. */
  private final Backpressure fullForPersons = new Backpressure();

  /**
   * Divides the room.
   *
   * @param limit so many actions may be unsettled
   */
  OutboxQuota(int limit) {
    this.limit = limit;
  }

  /**
   * Whether there is room for one more action.
   *
   * @param priority the action's
   * @param unsettled how many there are
   * @param inConversation how many of those are its conversation's
   */
  boolean hasCapacity(Priority priority, int unsettled, int inConversation) {
    boolean isWithinShare = unsettled < crowded() || inConversation < Math.max(1, limit / 16);
    return switch (priority) {
      case AUTOMATIC -> unsettled < limit - limit / 2;
      case NORMAL -> unsettled < limit - limit / 8 && isWithinShare;
      case PERSON -> unsettled < limit && isWithinShare;
    };
  }

  private int crowded() {
    return limit - limit / 4;
  }

  /** Says how many actions there are. */
  void unsettled(int now) {
    full.update(now >= crowded());
    fullForPersons.update(now >= limit - limit / 16);
  }

  void awaitCapacity(Priority priority, BooleanSupplier giveUp) {
    (priority == Priority.PERSON ? fullForPersons : full).await(giveUp);
  }
}
