package dev.owlery.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import dev.owlery.core.log.LogText;
import dev.owlery.spi.BoundedMap;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * One line for each message, whatever the message holds. An exception is named in the same line;
 * only an error is followed by its stack, a line for each frame, and that once an hour: the same
 * stack again is not shown. Any thread.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final int CAUSES = 8;

  /** Of a longer stack, as after an endless recursion, the middle is left out. */
  private static final int FIRST_FRAMES = 60;

  private static final int LAST_FRAMES = 20;
  private static final long HOUR = 3_600_000;
  private static final int MOST_STACKS = 500;
  private static final String SAME = "\t(the same stack as before)\n";

  /** When a stack was shown, by its hash; the oldest goes. */
  private final Map<Integer, Long> shown = BoundedMap.firstInFirstOut(MOST_STACKS);

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(' ').append(event.getLevel());
    if (event.getLevel().levelStr.length() < 5) {
      line.append(' ');
    }
    line.append(' ').append(shortName(event.getLoggerName())).append(" - ");
    line.append(LogText.encode(event.getFormattedMessage()));
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      appendCauses(line, thrown);
    }
    line.append('\n');
    if (thrown != null && event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      StringBuilder stack = new StringBuilder();
      appendStack(stack, thrown);
      line.append(isNew(stack, event.getTimeStamp()) ? stack : SAME);
    }
    return line.toString();
  }

  /** Messages of causes stand in it too; what differs there alone may be shown again. */
  private boolean isNew(StringBuilder stack, long now) {
    synchronized (shown) {
      Long before = shown.get(stack.toString().hashCode());
      boolean isNew = before == null || now - before > HOUR;
      if (isNew) {
        shown.put(stack.toString().hashCode(), now);
      }
      return isNew;
    }
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void appendCauses(StringBuilder line, IThrowableProxy thrown) {
    line.append(" (").append(text(thrown));
    IThrowableProxy cause = thrown.getCause();
    for (int i = 0; cause != null && i < CAUSES; i++) {
      line.append(", because of ").append(text(cause));
      cause = cause.getCause();
    }
    line.append(')');
  }

  private static String text(IThrowableProxy thrown) {
    String name = shortName(thrown.getClassName());
    String message = thrown.getMessage();
    return message == null ? name : name + ": " + LogText.encode(message, 500);
  }

  private static void appendStack(StringBuilder lines, IThrowableProxy thrown) {
    IThrowableProxy cause = thrown;
    for (int i = 0; cause != null && i < CAUSES; i++) {
      if (i > 0) {
        lines.append("\tbecause of ").append(text(cause)).append('\n');
      }
      StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
      int own = frames.length - cause.getCommonFrames();
      for (int j = 0; j < own; j++) {
        if (j == FIRST_FRAMES && own > FIRST_FRAMES + LAST_FRAMES) {
          j = own - LAST_FRAMES;
          lines.append("\t... ").append(j - FIRST_FRAMES).append(" more, then\n");
        }
        lines.append('\t').append(LogText.encode(frames[j].getSTEAsString())).append('\n');
      }
      cause = cause.getCause();
    }
  }
}
