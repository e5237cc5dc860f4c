package dev.owlery.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.owlery.core.rights.FileRights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets the log up in code, which is quicker than a file: one line for each message, on standard
 * error. Found by Logback through {@link java.util.ServiceLoader}.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

  /** Libraries that tell too much, PircBotX even passwords. */
  private static final List<String> TALKATIVE =
      List.of(
          "org.pircbotx",
          "org.flywaydb",
          "org.sqlite",
          "com.cronutils",
          "org.jline",
          "io.javalin",
          "org.eclipse.jetty",
          "com.slack.api",
          "okhttp3");

  private static final String OURS = "dev.owlery";
  private static final String TERMINAL = "standard error";

  /** For Logback. */
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName(TERMINAL);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context));
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(limited(context, appender));
    TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    // That it could not start is thrown too, and told by us.
    context.getLogger("io.javalin.Javalin").setLevel(Level.OFF);
    // They name the request that failed, and paths of webhooks hold secrets; we tell the failure.
    context.getLogger("org.eclipse.jetty.ee10.servlet").setLevel(Level.OFF);
    context.getLogger("org.eclipse.jetty.server.internal").setLevel(Level.OFF);
    // Each lost connection and each malformed stanza is a stack there, and a line of ours.
    context.getLogger("org.jivesoftware").setLevel(Level.ERROR);
    context.getLogger("org.jivesoftware.smack.AbstractXMPPConnection").setLevel(Level.OFF);
    // It cannot read the line numbers of this Java's classes, and says so with a stack.
    context.getLogger("com.google.inject").setLevel(Level.ERROR);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Goes by the name of what it hands on to, by which it is found again. */
  private static LimitedAppender limited(LoggerContext context, Appender<ILoggingEvent> next) {
    LimitedAppender limited = new LimitedAppender(context, next);
    limited.setName(next.getName());
    limited.start();
    return limited;
  }

  private static LayoutWrappingEncoder<ILoggingEvent> encoder(LoggerContext context) {
    LineLayout layout = new LineLayout();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    return encoder;
  }

  /** Tells our own details too; not those of the libraries, whose details hold secrets. */
  public static void verbose() {
    level(OURS, Level.DEBUG);
  }

  /** Tells only what is wrong. */
  public static void quiet() {
    level(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.WARN);
  }

  /** Tells only what is wrong on standard error, whatever the level is; a file gets all. */
  public static void errorsOnly() {
    terminal().ifPresent(appender -> threshold(appender, Level.WARN));
  }

  /** The same, unless details were asked for: standard error is where somebody chats. */
  public static void besideConversation() {
    if (LoggerFactory.getLogger(OURS) instanceof Logger ours
        && !ours.getEffectiveLevel().equals(Level.DEBUG)) {
      errorsOnly();
    }
  }

  /**
   * Logs to a file too, behind what it has already.
   *
   * @param file for its owner only, if it is made
   * @throws IOException if it cannot be written
   */
  public static void to(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, FileRights.ownerOnly(file, false));
    }
    if (!Files.isWritable(file) || Files.isDirectory(file)) {
      throw new AccessDeniedException(file.toString());
    }
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      FileAppender<ILoggingEvent> appender = new FileAppender<>();
      appender.setContext(root.getLoggerContext());
      appender.setName(file.toString());
      appender.setFile(file.toString());
      appender.setEncoder(encoder(root.getLoggerContext()));
      appender.start();
      root.addAppender(limited(root.getLoggerContext(), appender));
    }
  }

  private static Optional<Appender<ILoggingEvent>> terminal() {
    return LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root
        ? Optional.ofNullable(root.getAppender(TERMINAL))
        : Optional.empty();
  }

  private static void threshold(Appender<ILoggingEvent> appender, Level level) {
    appender.clearAllFilters();
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel(level.toString());
    filter.start();
    appender.addFilter(filter);
  }

  private static void level(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
