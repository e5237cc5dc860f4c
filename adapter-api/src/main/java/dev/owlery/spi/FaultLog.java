package dev.owlery.spi;

import org.slf4j.Logger;

/** Logs what must not end a thread, without ever throwing anything itself. */
final class FaultLog {
  private FaultLog() {}

  /**
   * Logs a fault with its stack. That needs memory and stack, too: where they are short, nothing is
   * logged.
   *
   * @param log where
   * @param message what happened, with a place for the name
   * @param name whose fault it is
   * @param fault what was thrown
   */
  static void warn(Logger log, String message, String name, Throwable fault) {
    try {
      log.warn(message, name, fault);
    } catch (Throwable unreported) {
      // Nothing is left to report it with.
      return;
    }
  }
}
