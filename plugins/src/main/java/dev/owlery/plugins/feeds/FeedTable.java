package dev.owlery.plugins.feeds;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.owlery.api.plugin.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the plugin writes down: feeds that were added from chat, and what is known of each. */
final class FeedTable {
  private static final String FEED = "feed ";
  private static final String MEMORY = "memory ";

  private final Store store;
  private final Gson gson = new Gson();

  FeedTable(Store store) {
    this.store = store;
  }

  private record StoredFeed(String url, String topic, long seconds, boolean announceFirst) {}

  /** The feeds that were added from chat. */
  List<Feed> added() {
    List<Feed> feeds = new ArrayList<>();
    store
        .entries(FEED)
        .forEach((key, value) -> {
          StoredFeed written = gson.fromJson(value, StoredFeed.class);
          Feed.address(written.url())
              .ifPresent(url ->
                  feeds.add(
                      new Feed(
                          key.substring(FEED.length()),
                          url,
                          written.topic(),
                          Duration.ofSeconds(written.seconds()),
                          written.announceFirst())));
        });
    return feeds;
  }

  void add(Feed feed) {
    store.put(
        FEED + feed.name(),
        gson.toJson(
            new StoredFeed(
                feed.url().toString(),
                feed.topic(),
                feed.every().toSeconds(),
                feed.announceFirst())));
  }

  void remove(String name) {
    store.remove(FEED + name);
    store.remove(MEMORY + name);
  }

  /** What is known of a feed. */
  FeedState memory(Feed feed) {
    return store
        .get(MEMORY + feed.name())
        .flatMap(this::read)
        .filter(memory -> memory.url().equals(feed.url().toString()))
        .orElseGet(() -> FeedState.none(feed));
  }

  private Optional<FeedState> read(String json) {
    try {
      return Optional.ofNullable(gson.fromJson(json, FeedState.class));
    } catch (JsonParseException ofAnotherVersion) {
      return Optional.empty();
    }
  }

  void remember(Feed feed, FeedState memory) {
    store.put(MEMORY + feed.name(), gson.toJson(memory));
  }
}
