package dev.owlery.launcher.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.owlery.core.log.LogText;
import dev.owlery.launcher.log.LineLimiter.SkippedLines;
import java.util.List;

/**
 * Hands on what {@link LineLimiter} lets through, and says how much was left out with the first
 * line that comes after the minute. Any thread.
 */
final class LimitedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final int SHOWN = 200;

  private final LoggerContext loggers;
  private final Appender<ILoggingEvent> next;
  private final LineLimiter limiter = new LineLimiter();

  LimitedAppender(LoggerContext loggers, Appender<ILoggingEvent> next) {
    this.loggers = loggers;
    this.next = next;
    setContext(loggers);
    setName("limited");
  }

  @Override
  protected void append(ILoggingEvent event) {
    List<SkippedLines> over;
    boolean passes;
    synchronized (limiter) {
      over = limiter.over(event.getTimeStamp());
      passes = limiter.passes(event);
    }
    over.forEach(this::say);
    if (passes) {
      next.doAppend(event);
    }
  }

  private void say(SkippedLines summary) {
    ILoggingEvent first = summary.first();
    next.doAppend(
        new LoggingEvent(
            LimitedAppender.class.getName(),
            loggers.getLogger(first.getLoggerName()),
            first.getLevel(),
            "{} more lines of this kind were left out within a minute, the first: {}",
            null,
            new Object[] {summary.count(), LogText.encode(first.getFormattedMessage(), SHOWN)}));
  }

  @Override
  public void stop() {
    List<SkippedLines> rest;
    synchronized (limiter) {
      rest = limiter.end();
    }
    rest.forEach(this::say);
    super.stop();
  }
}
