package dev.owlery.plugins.logs;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Text;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.topic.Topics;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incendo.cloud.annotation.specifier.Greedy;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Tells lines of logs as they are written: on topics, by the configuration, and in conversations,
 * by {@code !tail}. Only files that the configuration names are ever read.
 */
public final class LogsPlugin implements Plugin {

  private static final int MOST = 50;
  private static final int LINES_IN_A_MESSAGE = 10;

  private static final String TAIL = "tail ";
  private static final String PLACE = "place ";

  private final LogsSettings settings;
  private final Bot bot;
  private final Topics topics;
  private final Store store;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Logger log;
  private final Map<String, RunningWatch> running = new ConcurrentHashMap<>();

  @Inject
  LogsPlugin(
      LogsSettings settings,
      Bot bot,
      Topics topics,
      Store store,
      Scheduler scheduler,
      Clock clock,
      Logger log) {
    this.settings = settings;
    this.bot = bot;
    this.topics = topics;
    this.store = store;
    this.scheduler = scheduler;
    this.clock = clock;
    this.log = log;
  }

  private record RunningWatch(WatchedLog watch, Scheduler.Task task) {
    void end() {
      task.cancel();
      watch.end();
    }
  }

  /** What cannot be followed is named, and keeps the other files from nothing. */
  @Override
  public void start() {
    for (Map.Entry<String, LogsSettings.Followed> file : settings.files().entrySet()) {
      if (file.getValue().topic().isPresent()) {
        try {
          publish(file.getKey(), file.getValue(), file.getValue().topic().get());
        } catch (IOException refused) {
          refused(file.getKey(), file.getValue(), refused);
        }
      }
    }
    for (Map.Entry<String, String> tail : store.entries(TAIL).entrySet()) {
      resume(tail.getKey().substring(TAIL.length()), tail.getValue());
    }
  }

  /** A name has no blank in it, an address may. */
  private void resume(String written, String pattern) {
    int blank = written.indexOf(' ');
    String name = written.substring(0, blank);
    try {
      if (settings.files().containsKey(name)) {
        follow(name, bot.locate(written.substring(blank + 1)), pattern(pattern));
      }
    } catch (IllegalArgumentException noMore) {
      log.warn("a log is not told any more: {}", noMore.getMessage());
    } catch (IOException refused) {
      refused(name, file(name), refused);
    }
  }

  private void refused(String name, LogsSettings.Followed file, IOException why) {
    log.error(
        "the log {} ({}) is not followed: {}; name a file that can be read in"
            + " plugin.logs.files, and reload the plugin",
        name,
        file.path(),
        why.getMessage());
  }

  private void publish(String name, LogsSettings.Followed file, String topic) throws IOException {
    Optional<LogPosition> left = store.get(PLACE + name).map(LogPosition::read);
    LogTail tail =
        left.isPresent() ? LogTail.from(file.path(), left.get()) : LogTail.fromNow(file.path());
    WatchedLog.LineListener listener =
        new WatchedLog.LineListener() {
          @Override
          public void tell(List<String> lines, long more, Optional<LogPosition> read) {
            bot.asOne(() -> {
              lines.forEach(line -> topics.publish(topic, item(name, file, line)));
              if (more > 0) {
                topics.publish(topic, item(name, file, moreOf(more)));
              }
              read.ifPresent(place -> store.put(PLACE + name, place.written()));
            });
          }

          @Override
          public void tooSlow() {
            log.warn("the pattern for log {} takes too long; it is not followed any more", name);
          }
        };
    run(PLACE + name, tail, pattern(file.pattern().orElse("")), listener);
    if (left.isEmpty()) {
      tail.place().ifPresent(place -> store.put(PLACE + name, place.written()));
    }
  }

  private static Item item(String name, LogsSettings.Followed file, String line) {
    return new Item(
        UUID.randomUUID().toString(),
        name + ": " + (line.isBlank() ? "(an empty line)" : line),
        Text.EMPTY,
        Optional.empty(),
        Map.of(),
        file.severity());
  }

  private static String moreOf(long more) {
    return more == 1 ? "1 more line" : more + " more lines";
  }

  private static LinePattern pattern(String text) {
    return text.isEmpty() ? LinePattern.everything() : LinePattern.of(text);
  }

  private void run(
      String key, LogTail tail, LinePattern pattern, WatchedLog.LineListener listener) {
    WatchedLog watch = new WatchedLog(tail, pattern, settings, clock, listener, log);
    RunningWatch now = new RunningWatch(watch, scheduler.every(settings.every(), watch::look));
    RunningWatch before = running.put(key, now);
    if (before != null) {
      before.end();
    }
  }

  /**
   * Tells what is written into a log, in the conversation of the call.
   *
   * @param call who asks, and where
   * @param name which log
   * @param wanted which lines (RE2); all if absent
   * @return one line
   */
  @Command("tail start <name> [pattern]")
  @Permission("logs.tail")
  @CommandDescription("Tells here what is written into a log: all lines, or those that match")
  public String start(
      CommandCall call,
      @Argument("name") String name,
      @Argument("pattern") @Greedy @Nullable String wanted) {
    LogsSettings.Followed file = file(name);
    if (running.size() >= MOST) {
      throw new CommandException("I follow " + MOST + " logs already");
    }
    String text = wanted == null ? "" : wanted;
    Conversation where = call.where();
    asked(text, LogsPlugin::pattern);
    try {
      follow(name, where, pattern(text));
    } catch (OpenLog.NoLogException noFile) {
      throw new CommandException("I cannot follow " + name + ": " + noFile.getMessage());
    } catch (IOException cannotRead) {
      throw new CommandException("I cannot read that log");
    }
    store.put(TAIL + name + " " + where.address(), text);
    String there = Files.exists(file.path()) ? "" : " (there is no such file yet)";
    return "From now on I tell here what is written into " + name + there + ".";
  }

  private void follow(String name, Conversation where, LinePattern pattern) throws IOException {
    String key = name + " " + where.address();
    WatchedLog.LineListener listener =
        new WatchedLog.LineListener() {
          @Override
          public void tell(List<String> lines, long more, Optional<LogPosition> read) {
            for (int from = 0; from < lines.size(); from += LINES_IN_A_MESSAGE) {
              int to = Math.min(lines.size(), from + LINES_IN_A_MESSAGE);
              bot.say(where, Content.of(said(name, lines.subList(from, to))));
            }
            if (more > 0) {
              bot.say(where, moreOf(more));
            }
          }

          @Override
          public void tooSlow() {
            stop(key);
            bot.say(where, "The pattern for " + name + " takes too long; I stop telling it.");
          }
        };
    run(TAIL + key, LogTail.fromNow(file(name).path()), pattern, listener);
  }

  /** A log may hold the words of strangers: the bot must not give commands in those. */
  private static String said(String name, List<String> lines) {
    return lines.stream()
        .map(line -> TypedText.looksLikeCommand(line) ? name + ": " + line : line)
        .map(line -> line.isBlank() ? " " : line)
        .collect(Collectors.joining("\n"));
  }

  /**
   * Ends what {@link #start} began.
   *
   * @param call who asks, and where
   * @param name which log; all of this conversation if absent
   * @return one line
   */
  @Command("tail stop [name]")
  @Permission("logs.tail")
  @CommandDescription("Ends what tail start began here")
  public String end(CommandCall call, @Argument("name") @Nullable String name) {
    String address = call.where().address();
    List<String> ended =
        settings.files().keySet().stream()
            .filter(each -> name == null || each.equals(name))
            .filter(each -> stop(each + " " + address))
            .sorted()
            .toList();
    if (ended.isEmpty()) {
      throw new CommandException("I tell no such log here");
    }
    return "I tell " + String.join(", ", ended) + " here no more.";
  }

  private boolean stop(String key) {
    store.remove(TAIL + key);
    RunningWatch was = running.remove(TAIL + key);
    if (was != null) {
      was.end();
    }
    return was != null;
  }

  /**
   * Lists the logs.
   *
   * @return one line
   */
  @Command("tail list")
  @Permission("logs.tail")
  @CommandDescription("Lists the logs that can be told")
  public String list() {
    return settings.files().isEmpty()
        ? "none"
        : String.join(", ", new TreeMap<>(settings.files()).keySet());
  }

  private LogsSettings.Followed file(String name) {
    LogsSettings.Followed file = settings.files().get(name);
    if (file == null) {
      throw new CommandException("there is no log " + name + "; there are: " + list());
    }
    return file;
  }

  private static <T> void asked(String text, Function<String, T> reader) {
    try {
      T _ = reader.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw new CommandException(String.valueOf(wrong.getMessage()));
    }
  }

  @Override
  public void stop() {
    running.values().forEach(RunningWatch::end);
    running.clear();
  }
}
