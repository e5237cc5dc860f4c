package dev.owlery.core;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.plugin.Bot;
import dev.owlery.core.journal.EventAttempts;
import dev.owlery.core.journal.EventAttempts.SetAsideEvent;
import dev.owlery.core.journal.Journal.OutboxEntry;
import dev.owlery.core.outbox.OutboxListener;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the administrators what they should know: in the log, and in the conversations that the
 * configuration names.
 */
final class AdminAlerts implements OutboxListener {

  private static final Logger log = LoggerFactory.getLogger(AdminAlerts.class);

  private final List<String> addresses;
  private volatile Optional<Bot> bot = Optional.empty();

  AdminAlerts(List<String> addresses) {
    this.addresses = addresses;
  }

  /** Closes the circle: the outbox needs its listener before there is a bot. */
  void useBot(Bot mouth) {
    bot = Optional.of(mouth);
  }

  void notify(String text) {
    bot.ifPresent(mouth -> notify(mouth, text));
  }

  private void notify(Bot mouth, String text) {
    for (String address : addresses) {
      try {
        mouth.say(mouth.locate(address), text);
      } catch (IllegalArgumentException e) {
        log.warn("cannot tell {}: {}", address, e.getMessage());
      }
    }
  }

  /** Tells of an event that was put aside, once: the note of it is written behind the telling. */
  void putAside(SetAsideEvent dead, EventAttempts attempts) {
    String where = dead.event().where().address();
    log.error(
        "event {} in {} is put aside: the process has ended {} times while {} handled it",
        dead.number(),
        where,
        dead.attempts(),
        dead.handler());
    notify(
        "I have put event %d in %s aside: I ended %d times while %s handled it. See: inbox show %d"
            .formatted(dead.number(), where, dead.attempts(), dead.handler(), dead.number()));
    attempts.told(dead.number());
  }

  @Override
  public void dead(OutboxEntry entry, String reason) {
    String where = entry.outgoing().action().where().address();
    log.warn("given up: action {} to {}: {}", entry.number(), where, reason);
    if (!addresses.contains(where)) {
      notify(
          "I could not deliver message " + entry.number() + " to " + where + " (" + reason + ").");
    }
  }

  @Override
  public void refused(OutboxEntry entry, Receipt receipt) {
    log.info(
        "refused: action {} to {}: {}",
        entry.number(),
        entry.outgoing().action().where().address(),
        receipt);
  }
}
