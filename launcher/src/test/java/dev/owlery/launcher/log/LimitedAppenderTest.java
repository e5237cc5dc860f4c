package dev.owlery.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.owlery.core.permission.Audit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strangers cannot fill the log. */
final class LimitedAppenderTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private final LoggerContext context = new LoggerContext();
  private final Logger audit = context.getLogger("owlery.audit");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final LimitedAppender limited = new LimitedAppender(context, written);

  LimitedAppenderTest() {
    written.start();
    limited.start();
  }

  private void log(Level level, Instant at, String message, Object... values) {
    LoggingEvent event = new LoggingEvent("test", audit, level, message, null, values);
    event.setInstant(at);
    limited.doAppend(event);
  }

  private void logPrivileged(String message, Object... values) {
    LoggingEvent event = new LoggingEvent("test", audit, Level.INFO, message, null, values);
    event.setInstant(NOON);
    event.addMarker(Audit.PRIVILEGED);
    limited.doAppend(event);
  }

  private List<String> lines() {
    return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aSourceHasSixtyLinesAMinuteAndThenACount() {
    for (int i = 0; i < 3_000; i++) {
      log(Level.INFO, NOON, "{} who={} command={}", "refused", "mal", i);
    }
    log(Level.INFO, NOON, "{} who={} command={}", "permitted", "ann", "quit");
    assertThat(lines()).hasSize(61).endsWith("permitted who=ann command=quit");
    log(Level.INFO, NOON.plusSeconds(60), "{} who={} command={}", "refused", "mal", "again");
    assertThat(lines())
        .hasSize(63)
        .endsWith(
            "2940 more lines of this kind were left out within a minute, the first: refused who=mal"
                + " command=60",
            "refused who=mal command=again");
  }

  @Test
  void manySourcesOfOneMessageShareALimit() {
    for (int i = 0; i < 3_000; i++) {
      log(Level.INFO, NOON, "{} who={}", "refused", "mal" + i);
    }
    assertThat(lines()).hasSize(LineLimiter.OF_A_MESSAGE);
    limited.stop();
    assertThat(lines()).last().asString().startsWith("2400 more lines");
  }

  @Test
  void whatAdministratorsDoIsNeverLeftOutWhateverStrangersCause() {
    for (int i = 0; i < 3_000; i++) {
      log(Level.INFO, NOON, "{} who={}", "refused", "mal" + i);
    }
    for (int i = 0; i < 1_000; i++) {
      logPrivileged("{} who={}", "permitted", "ann");
    }
    assertThat(lines()).filteredOn("permitted who=ann"::equals).hasSize(1_000);
  }

  @Test
  void detailsAreNotLimited() {
    for (int i = 0; i < 1_000; i++) {
      log(Level.DEBUG, NOON, "a detail");
    }
    assertThat(lines()).hasSize(1_000);
  }
}
