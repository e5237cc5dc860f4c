package dev.owlery.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a log line looks like, and what it never holds. */
final class LineLayoutTest {

  private final Logger logger = new LoggerContext().getLogger("dev.owlery.core.Engine");
  private final LineLayout layout = new LineLayout();

  private String line(Level level, String message, Optional<Throwable> thrown, Object... values) {
    return layout.doLayout(
        new LoggingEvent("test", logger, level, message, thrown.orElse(null), values));
  }

  @Test
  void aLineHasTimeLevelSourceAndMessage() {
    assertThat(line(Level.INFO, "account {}: online", Optional.empty(), "libera"))
        .matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Engine - account libera: online\n");
  }

  @Test
  void textFromOutsideCannotBeginALineOrMoveTheCursor() {
    String line =
        line(Level.INFO, "said {}", Optional.empty(), "a\r\nERROR b\u001b[2J\u0000\u2028");

    assertThat(line).endsWith("said a\\u000d\\u000aERROR b\\u001b[2J\\u0000\\u2028\n");
    assertThat(line.chars().filter(c -> c == '\n')).hasSize(1);
  }

  @Test
  void aWarningNamesItsExceptionInTheSameLine() {
    Throwable thrown = new IllegalStateException("no\nway", new IOException("disk full"));

    assertThat(line(Level.WARN, "failed", Optional.of(thrown)))
        .endsWith(
            "WARN  Engine - failed (IllegalStateException: no\\u000away, because of IOException:"
                + " disk full)\n");
  }

  @Test
  void anErrorShowsWhereItHappened() {
    assertThat(line(Level.ERROR, "failed", Optional.of(new IOException("disk full"))).lines())
        .hasSizeGreaterThan(1)
        .element(1)
        .asString()
        .startsWith("\tat dev.owlery.launcher.log.LineLayoutTest");
  }

  @Test
  void theSameStackIsShownOnce() {
    Optional<Throwable> thrown = Optional.of(new IOException("disk full"));
    assertThat(line(Level.ERROR, "failed", thrown).lines()).hasSizeGreaterThan(2);
    assertThat(line(Level.ERROR, "failed again", thrown).lines())
        .hasSize(2)
        .element(1)
        .isEqualTo("\t(the same stack as before)");
    assertThat(line(Level.ERROR, "failed", Optional.of(new IOException("other"))).lines())
        .hasSizeGreaterThan(2);
  }

  @Test
  void theMiddleOfAnEndlessRecursionIsLeftOut() {
    IOException thrown = new IOException("too deep");
    StackTraceElement[] frames = new StackTraceElement[1_024];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = new StackTraceElement("acme.Deep", "again" + i, "Deep.java", i);
    }
    thrown.setStackTrace(frames);
    assertThat(line(Level.ERROR, "failed", Optional.of(thrown)).lines())
        .hasSize(1 + 60 + 1 + 20)
        .contains("\t... 944 more, then")
        .anyMatch(frame -> frame.contains("again0("))
        .anyMatch(frame -> frame.contains("again1023("));
  }
}
