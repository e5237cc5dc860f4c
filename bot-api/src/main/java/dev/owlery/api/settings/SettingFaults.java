package dev.owlery.api.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with the values of a {@link Settings} record, so that its user is shown
 * all of it at once. For the record's constructor; belongs to the thread that runs it.
 *
 * <pre>{@code
 * SettingFaults faults = new SettingFaults();
 * faults.check(port > 0, "port", "must be a number from 1 to 65535");
 * faults.check(!host.isBlank(), "host", "is empty: the server's name or address");
 * faults.throwIfAny();
 * }</pre>
 */
public final class SettingFaults {

  private final List<SettingException> found = new ArrayList<>();

  /** Begins without faults. */
  public SettingFaults() {}

  /**
   * Notes a fault unless a condition holds.
   *
   * @param holds the condition
   * @param key the key at fault, relative to the record's block
   * @param message what is wrong and what would be right, in one line, without secrets
   */
  public void check(boolean holds, String key, String message) {
    if (!holds) {
      found.add(new SettingException(key, message));
    }
  }

  /**
   * Runs a check of its own, and notes the fault that it throws.
   *
   * @param check throws {@link SettingException} if a value is at fault
   */
  public void check(Runnable check) {
    try {
      check.run();
    } catch (SettingException fault) {
      found.add(fault);
    }
  }

  /**
   * Ends the constructor if there was any fault.
   *
   * @throws SettingException the first fault; the others are {@linkplain Throwable#getSuppressed()
   *     suppressed} in it, and are shown too
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      SettingException first = found.getFirst();
      found.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
