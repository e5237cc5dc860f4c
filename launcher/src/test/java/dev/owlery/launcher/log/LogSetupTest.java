package dev.owlery.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What {@code --quiet} and {@code --log} do to the log of this process. */
@Isolated // It is everybody's.
final class LogSetupTest {

  @TempDir private Path folder;

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private FilterReply reply(Level level) {
    LoggerContext context = root.getLoggerContext();
    return root.getAppender("standard error")
        .getFilterChainDecision(
            new LoggingEvent("test", context.getLogger("a"), level, "text", null, null));
  }

  @Test
  void quietShowsOnlyWhatIsWrongAndAFileGetsAllOfIt() throws Exception {
    Path file = folder.resolve("owlery.log");
    Level before = root.getLevel();
    try {
      root.setLevel(Level.INFO);
      LogSetup.errorsOnly();
      LogSetup.to(file);
      LoggerFactory.getLogger("dev.owlery.Quiet").info("only in the file");

      assertThat(reply(Level.INFO)).isEqualTo(FilterReply.DENY);
      assertThat(reply(Level.WARN)).isNotEqualTo(FilterReply.DENY);
      assertThat(Files.readString(file)).contains("INFO  Quiet - only in the file");
    } finally {
      root.setLevel(before);
      root.getAppender("standard error").clearAllFilters();
      root.detachAppender(file.toString());
    }
  }
}
