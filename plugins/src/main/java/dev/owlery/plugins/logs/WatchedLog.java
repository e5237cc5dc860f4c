package dev.owlery.plugins.logs;

import dev.owlery.api.content.Excerpt;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;

/** One file, followed for one listener. Its looks come one after the other. */
final class WatchedLog {
  private static final int MOST_AT_ONCE = 200;

  /** So much may be read again after a restart, to find nothing in it. */
  private static final long UNNOTED = 4L << 20;

  private final LogTail tail;
  private final LinePattern pattern;
  private final LineBudget window;
  private final int longest;
  private final Clock clock;
  private final LineListener listener;
  private final Logger log;
  private final List<String> found = new ArrayList<>();
  private LogPosition noted = new LogPosition("", 0, 0);
  private boolean failing;
  private boolean ended;

  /** Is told of lines. */
  interface LineListener {
    /**
     * Tells what was found.
     *
     * @param lines in order; may be empty
     * @param more how many more there were, which are not told
     * @param read how far the file has been read
     */
    void tell(List<String> lines, long more, Optional<LogPosition> read);

    /** It is over: the pattern took too long. */
    void tooSlow();
  }

  WatchedLog(
      LogTail tail,
      LinePattern pattern,
      LogsSettings settings,
      Clock clock,
      LineListener listener,
      Logger log) {
    this.tail = tail;
    this.pattern = pattern;
    this.window = new LineBudget(settings.burst(), settings.window());
    this.longest = settings.longest();
    this.clock = clock;
    this.listener = listener;
    this.log = log;
  }

  /** Reads what is new, and tells it. */
  synchronized void look() {
    if (ended) {
      return;
    }
    try {
      boolean all;
      do {
        all = tail.read(this::consider);
        tell();
      } while (!all && !Thread.currentThread().isInterrupted());
      failing = false;
    } catch (LinePattern.TooSlow tooSlow) {
      tell();
      end();
      listener.tooSlow();
    } catch (IOException cannotRead) {
      if (!failing) {
        log.warn("a log cannot be read now: {}", cannotRead.toString());
      }
      failing = true;
    }
  }

  private void consider(String line) {
    if (pattern.matches(line) && window.admits(clock.instant())) {
      found.add(Excerpt.of(line, longest));
      if (found.size() >= MOST_AT_ONCE) {
        tell();
      }
    }
  }

  private void tell() {
    long more = window.release(clock.instant());
    Optional<LogPosition> read = place();
    boolean far =
        read.isPresent()
            && (!read.get().key().equals(noted.key())
                || Math.abs(read.get().position() - noted.position()) > UNNOTED);
    if (!found.isEmpty() || more > 0 || far) {
      listener.tell(List.copyOf(found), more, read);
      found.clear();
      noted = read.orElse(noted);
    }
  }

  private Optional<LogPosition> place() {
    try {
      return tail.place();
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  /** Follows no more. */
  synchronized void end() {
    ended = true;
    try {
      tail.close();
    } catch (IOException gone) {
      log.debug("a log cannot be closed: {}", gone.toString());
    }
  }
}
