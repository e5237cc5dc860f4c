package dev.owlery.plugins.feeds;

import dev.owlery.api.content.Item;
import dev.owlery.api.content.Item.Severity;
import dev.owlery.api.content.Text;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Scheduler;
import dev.owlery.api.topic.Topics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;

/**
 * Asks each feed when it is due, and publishes what is new. What is published and what is then
 * known of the feed are written as one. Any thread.
 */
final class FeedPoller {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 10;

  private final FeedsSettings settings;
  private final Fetcher fetcher;
  private final FeedTable book;
  private final Bot bot;
  private final Topics topics;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Logger log;
  private final Semaphore turns;
  private final Map<String, PolledFeed> watches = new ConcurrentHashMap<>();

  FeedPoller(
      FeedsSettings settings,
      Fetcher fetcher,
      FeedTable book,
      Bot bot,
      Topics topics,
      Scheduler scheduler,
      Clock clock,
      Logger log) {
    this.settings = settings;
    this.fetcher = fetcher;
    this.book = book;
    this.bot = bot;
    this.topics = topics;
    this.scheduler = scheduler;
    this.clock = clock;
    this.log = log;
    this.turns = new Semaphore(settings.parallel(), true);
  }

  /** One life of a feed. */
  private static final class PolledFeed {
    private final Feed feed;
    private Optional<Scheduler.Task> next = Optional.empty();

    PolledFeed(Feed feed) {
      this.feed = feed;
    }
  }

  /** Follows a feed from now on. */
  void follow(Feed feed) {
    PolledFeed watch = new PolledFeed(feed);
    watches.put(feed.name(), watch);
    plan(watch, book.memory(feed).next());
  }

  /** Follows a feed no more; what was asked already is passed over. */
  void leave(String name) {
    PolledFeed watch = watches.remove(name);
    if (watch != null) {
      synchronized (watch) {
        watch.next.ifPresent(Scheduler.Task::cancel);
      }
    }
  }

  int count() {
    return watches.size();
  }

  private void plan(PolledFeed watch, long due) {
    Duration wait = Duration.between(clock.instant(), Instant.ofEpochMilli(due));
    synchronized (watch) {
      if (isCurrent(watch)) {
        watch.next = Optional.of(scheduler.after(wait, () -> ask(watch)));
      }
    }
  }

  private boolean isCurrent(PolledFeed watch) {
    return watch.equals(watches.get(watch.feed.name()));
  }

  private void ask(PolledFeed watch) {
    Feed feed = watch.feed;
    FeedState memory = book.memory(feed);
    FeedState next = memory;
    List<Item> news = List.of();
    try {
      turns.acquire();
      try {
        FetchedDocument answer = fetcher.fetch(feed.url(), memory.tag(), memory.modified());
        if (answer.fresh()) {
          Contents contents = DocumentReader.read(answer);
          news = items(feed, memory, contents);
          next = memory.read(answer, contents, due(feed.every()));
        } else {
          next = memory.same(due(feed.every()));
        }
      } finally {
        turns.release();
      }
    } catch (FeedUnavailable trouble) {
      next = memory.failed(trouble.text(), due(pause(feed, memory.failures(), trouble.pause())));
      if (memory.failures() == 0) {
        log.warn("feed {}: {}", feed.name(), trouble.text());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return;
    }
    if (isCurrent(watch)) {
      write(feed, news, next);
      plan(watch, next.next());
    }
  }

  private void write(Feed feed, List<Item> news, FeedState next) {
    bot.asOne(() -> {
      news.forEach(item -> topics.publish(feed.topic(), item));
      book.remember(feed, next);
    });
  }

  private long due(Duration wait) {
    return clock.instant().plus(wait).toEpochMilli();
  }

  private static Duration pause(Feed feed, int failures, Duration asked) {
    Duration doubled = feed.every().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    Duration pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return pause.compareTo(asked) > 0 ? pause : asked;
  }

  /** What is new, the oldest first. */
  private List<Item> items(Feed feed, FeedState memory, Contents contents) {
    if (!memory.known() && !feed.announceFirst()) {
      return List.of();
    }
    List<Map.Entry<String, FeedEntry>> fresh = List.copyOf(memory.news(contents).entrySet());
    List<Item> items = new ArrayList<>();
    List<Map.Entry<String, FeedEntry>> told =
        fresh.subList(0, Math.min(fresh.size(), settings.atOnce()));
    if (fresh.size() > told.size()) {
      int more = fresh.size() - told.size();
      items.add(
          item(
              feed,
              "more " + fresh.getLast().getKey(),
              more + (more == 1 ? " older new entry" : " older new entries"),
              Optional.of(feed.url()),
              ""));
    }
    told.reversed()
        .forEach(each -> {
          FeedEntry entry = each.getValue();
          items.add(item(feed, each.getKey(), entry.title(), entry.link(), entry.text()));
        });
    return items;
  }

  private Item item(Feed feed, String key, String title, Optional<URI> link, String text) {
    String shown = settings.title().replace("{feed}", feed.name()).replace("{title}", title);
    String summary = settings.summary() == 0 ? "" : PlainText.cut(text, settings.summary());
    return new Item(
        feed.name() + " " + key,
        shown.isBlank() ? title : shown,
        Text.plain(summary),
        link,
        Map.of(),
        Severity.INFO);
  }
}
