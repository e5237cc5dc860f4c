package dev.owlery.launcher.proof;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Takes down attempts to do what only the administrator may, and says what the audit knows of them.
 * Each attempt wants {@code leave} with a room of its own, by which it is found there.
 */
final class AuditBook implements PermissionAttempts.Book {
  private final String before;
  private final String behind;
  private final Map<String, Integer> expected = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  /**
   * What the audit knows.
   *
   * @param attempts how many there were
   * @param reached how many of them have left a line
   * @param permitted the names of those that succeeded
   * @param wrong those that have left too few or too many lines
   */
  record Findings(int attempts, long reached, List<String> permitted, List<String> wrong) {
    boolean isClean() {
      return permitted.isEmpty() && wrong.isEmpty();
    }

    String counts() {
      return "%d attempts, %d reached a command and left a line, %d permitted, %d wrong audits"
          .formatted(attempts, reached, permitted.size(), wrong.size());
    }
  }

  /** The rooms' addresses have a number between two texts. */
  AuditBook(String before, String behind) {
    this.before = before;
    this.behind = behind;
  }

  @Override
  public void attempt(String name, int auditLines, Consumer<String> deed) {
    String room = before + (expected.size() + 1) + behind;
    expected.put(room, auditLines);
    names.put(room, name);
    deed.accept("leave net/" + room);
  }

  /** Waits until all expected lines are in the log, and reads them. */
  Findings judge(Supplier<String> log) {
    Map<String, Integer> found = new LinkedHashMap<>();
    int all = expected.values().stream().mapToInt(lines -> lines).sum();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    do {
      String now = log.get();
      expected.keySet().forEach(room -> found.put(room, lines(now, "refused", room).size()));
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    } while (found.values().stream().mapToInt(lines -> lines).sum() < all
        && System.nanoTime() < deadline);
    String now = log.get();
    return new Findings(
        expected.size(),
        found.values().stream().filter(lines -> lines > 0).count(),
        expected.keySet().stream()
            .filter(room -> !lines(now, "permitted", room).isEmpty())
            .map(names::get)
            .toList(),
        expected.entrySet().stream()
            .filter(e -> !e.getValue().equals(found.get(e.getKey())))
            .map(e -> names.get(e.getKey()) + ": " + found.get(e.getKey()) + " not " + e.getValue())
            .toList());
  }

  /** The lines of a log that say what became of a command about a room. */
  static List<String> lines(String log, String decision, String room) {
    Pattern line =
        Pattern.compile("\\b" + decision + " who=.* command=\"[^\"]*" + Pattern.quote(room) + "\"");
    return log.lines().filter(each -> line.matcher(each).find()).toList();
  }
}
