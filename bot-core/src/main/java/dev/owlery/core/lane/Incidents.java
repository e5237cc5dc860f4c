package dev.owlery.core.lane;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults of plugins and of the bot itself: each gets an id that the user is told and that leads to
 * the stack in the log. Every method may be called from any thread.
 */
public final class Incidents {

  private static final Logger log = LoggerFactory.getLogger("owlery.incident");
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int LENGTH = 6;

  private final SecureRandom random = new SecureRandom();
  private final AtomicLong count = new AtomicLong();

  /** None yet. */
  public Incidents() {}

  /**
   * Logs a fault with its stack.
   *
   * @param what what went wrong where, in one line without text from outside
   * @param fault what was thrown
   * @return the id that leads to it
   */
  public String report(String what, Throwable fault) {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    count.incrementAndGet();
    log.error("incident {}: {}", id, what, fault);
    return id.toString();
  }

  /**
   * How many there were.
   *
   * @return since the start
   */
  public long count() {
    return count.get();
  }
}
