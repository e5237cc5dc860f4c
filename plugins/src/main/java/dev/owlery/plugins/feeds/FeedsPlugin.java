package dev.owlery.plugins.feeds;

import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.topic.Topics;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Flag;
import org.incendo.cloud.annotations.Permission;
import org.slf4j.Logger;

/**
 * Follows feeds: what is new in them is published on topics, each entry once. What is there at the
 * first look is passed over unless somebody asks for it.
 */
public final class FeedsPlugin implements Plugin {

  private static final int SHOWN = 3;

  /** What a command does takes effect when it has returned. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private final FeedsSettings settings;
  private final FeedTable book;
  private final Topics topics;
  private final Scheduler scheduler;
  private final Fetcher fetcher;
  private final FeedPoller follower;
  private final Map<String, Feed> configured = new LinkedHashMap<>();

  @Inject
  FeedsPlugin(
      FeedsSettings settings,
      Bot bot,
      Topics topics,
      Store store,
      Scheduler scheduler,
      Clock clock,
      Logger log) {
    this.settings = settings;
    this.topics = topics;
    this.scheduler = scheduler;
    this.book = new FeedTable(store);
    this.fetcher = new Fetcher(settings, host -> List.of(InetAddress.getAllByName(host)), clock);
    this.follower = new FeedPoller(settings, fetcher, book, bot, topics, scheduler, clock, log);
    settings
        .feeds()
        .forEach((name, source) ->
            configured.put(
                name,
                new Feed(
                    name,
                    Feed.address(source.url()).orElseThrow(),
                    source.topic().orElse("feeds." + name),
                    source.every().orElse(settings.every()),
                    source.announceFirst())));
  }

  @Override
  public void start() {
    all().values().forEach(follower::follow);
  }

  private Map<String, Feed> all() {
    Map<String, Feed> all = new LinkedHashMap<>(configured);
    book.added().forEach(feed -> all.putIfAbsent(feed.name(), feed));
    return all;
  }

  /**
   * Follows a feed, and tells its entries in the conversation of the call.
   *
   * @param call who asks, and where
   * @param name what to call it
   * @param url where it is
   * @param all whether to tell what is there already
   * @return one line
   */
  @Command("feed add <name> <url>")
  @Permission("feeds.manage")
  @CommandDescription("Follows a feed and tells here what is new; --all: also what is there now")
  public String add(
      CommandCall call,
      @Argument("name") String name,
      @Argument("url") String url,
      @Flag("all") boolean all) {
    if (!Feed.isName(name)) {
      throw new CommandException(Feed.NAME);
    }
    if (all().containsKey(name)) {
      throw new CommandException("there is a feed " + name + " already");
    }
    if (follower.count() >= settings.most()) {
      throw new CommandException("there are " + settings.most() + " feeds already");
    }
    Feed feed = new Feed(name, address(url), "feeds." + name, settings.every(), all);
    String found = summary(look(feed.url()));
    book.add(feed);
    boolean _ = topics.subscribe(feed.topic(), call.where());
    var _ = scheduler.after(AFTERWARDS, () -> follower.follow(feed));
    return "From now on I tell here what is new in " + name + " (" + found + ").";
  }

  /**
   * Ends what {@link #add} began.
   *
   * @param call who asks, and where
   * @param name which
   * @return one line
   */
  @Command("feed remove <name>")
  @Permission("feeds.manage")
  @CommandDescription("Follows a feed no more")
  public String remove(CommandCall call, @Argument("name") String name) {
    if (configured.containsKey(name)) {
      throw new CommandException("that feed is in the configuration");
    }
    if (!all().containsKey(name)) {
      throw new CommandException("there is no feed " + name);
    }
    follower.leave(name);
    book.remove(name);
    boolean _ = topics.unsubscribe("feeds." + name, call.where());
    return "I follow " + name + " no more.";
  }

  /**
   * Lists the feeds.
   *
   * @return one line each
   */
  @Command("feed list")
  @Permission("feeds.list")
  @CommandDescription("Lists the feeds that I follow, and how they are")
  public String list() {
    List<String> lines = new ArrayList<>();
    all()
        .values()
        .forEach(feed -> {
          FeedState memory = book.memory(feed);
          String state =
              memory.failures() > 0
                  ? memory.fault() + ", " + memory.failures() + " times in a row"
                  : memory.known() ? "fine" : "not asked yet";
          lines.add(feed.name() + " on " + feed.topic() + ": " + feed.url() + " (" + state + ")");
        });
    return lines.isEmpty() ? "none" : String.join("\n", lines);
  }

  /**
   * Fetches a feed at once, and publishes nothing.
   *
   * @param which its name, or any address
   * @return what it is, and its first entries
   */
  @Command("feed test <which>")
  @Permission("feeds.manage")
  @CommandDescription("Fetches a feed, by its name or address, and shows what it finds")
  public String test(@Argument("which") String which) {
    Feed known = all().get(which);
    Contents contents = look(known == null ? address(which) : known.url());
    List<String> lines = new ArrayList<>();
    lines.add(summary(contents));
    contents.entries().stream()
        .limit(SHOWN)
        .forEach(
            entry -> lines.add(entry.title() + entry.link().map(link -> " " + link).orElse("")));
    return String.join("\n", lines);
  }

  private static URI address(String url) {
    return Feed.address(url).orElseThrow(() -> new CommandException(Feed.ADDRESS));
  }

  private Contents look(URI url) {
    try {
      return DocumentReader.read(fetcher.fetch(url, "", ""));
    } catch (FeedUnavailable trouble) {
      throw new CommandException(trouble.text());
    }
  }

  private static String summary(Contents contents) {
    int count = contents.entries().size();
    String entries = count == 1 ? "1 entry" : count + " entries";
    return contents.title().isEmpty()
        ? entries
        : PlainText.cut(contents.title(), 100) + ", " + entries;
  }

  @Override
  public void stop() {
    fetcher.close();
  }
}
