package dev.owlery.spi;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one boundary around whatever reads a message from outside. A reader that fails, in a way that
 * nobody foresaw, costs the message its marks and nothing else: the fallback is taken instead, the
 * failure is counted, and the account goes on with the next message. The first failures leave a
 * line in the log, without any text of the message; the very first one with its stack.
 *
 * <p>One for each account. Any thread; several at once. Errors of the machine itself, such as
 * memory that is used up, are let through; a stack that is used up is not, because a text can do
 * that.
 */
public final class ReaderGuard {
  private static final Logger LOG = LoggerFactory.getLogger(ReaderGuard.class);
  private static final int MOST_LOGGED = 20;

  private final String account;
  private final AtomicLong failures = new AtomicLong();

  /**
   * Begins to count.
   *
   * @param account whose messages are read: a name for the log
   */
  public ReaderGuard(String account) {
    this.account = account;
  }

  /**
   * Reads something, or falls back.
   *
   * @param what what is read, for the log: never a part of it
   * @param reader reads it
   * @param fallback makes as much of it as needs no reader; should it fail as well, that is the
   *     caller's failure
   * @param <T> what is made of it
   * @return what the reader returns; if it fails, what the fallback returns
   */
  public <T> T read(String what, Supplier<T> reader, Supplier<T> fallback) {
    try {
      return reader.get();
    } catch (RuntimeException | StackOverflowError unforeseen) {
      failed(what, unforeseen);
      return fallback.get();
    }
  }

  /**
   * Does something with a message that nothing can be made of if that fails.
   *
   * @param what what is read, for the log: never a part of it
   * @param reader reads it
   * @param <T> what is made of it
   * @return what the reader returns; empty if it fails
   */
  public <T> Optional<T> tryRead(String what, Supplier<T> reader) {
    return read(what, () -> Optional.of(reader.get()), Optional::empty);
  }

  /**
   * How often a reader has failed.
   *
   * @return the number since the account began
   */
  public long failures() {
    return failures.get();
  }

  private void failed(String what, Throwable unforeseen) {
    long count = failures.incrementAndGet();
    String kind = unforeseen.getClass().getSimpleName();
    if (count == 1) {
      LOG.warn("{}: {} could not be read ({})", account, what, kind, withoutMessage(unforeseen));
    } else if (count <= MOST_LOGGED) {
      LOG.warn("{}: {} could not be read ({}), {} so far", account, what, kind, count);
    }
  }

  /** The message of an exception may hold the text that it fell over. */
  private static Throwable withoutMessage(Throwable unforeseen) {
    RuntimeException where = new IllegalStateException(unforeseen.getClass().getName());
    StackTraceElement[] stack = unforeseen.getStackTrace();
    where.setStackTrace(java.util.Arrays.copyOf(stack, Math.min(stack.length, 30)));
    return where;
  }
}
