package dev.owlery.plugins.feeds;

import dev.owlery.api.http.AddressBlock;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import dev.owlery.api.topic.TopicPattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The block {@code plugin.feeds}.
 *
 * @param feeds feeds by name, besides those that are added from chat
 * @param every how often a feed is asked that does not say itself
 * @param title what an item is called: {@code {feed}} is the feed's name, {@code {title}} the
 *     entry's
 * @param summary so many characters of an entry's text are told
 * @param atOnce so many new entries of one answer are told one by one; more are counted
 * @param patience how long an answer may take, redirects included
 * @param longest how many bytes an answer may have
 * @param parallel so many feeds are fetched at a time
 * @param most so many feeds there may be
 * @param allow addresses and networks on which feeds may lie although they are not public
 */
@Settings
record FeedsSettings(
    Map<String, FeedSource> feeds,
    @Default("15m") Duration every,
    @Default("{feed}: {title}") String title,
    @Default("0") int summary,
    @Default("50") int atOnce,
    @Default("20s") Duration patience,
    @Default("2097152") int longest,
    @Default("4") int parallel,
    @Default("3000") int most,
    List<String> allow) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /**
   * A feed.
   *
   * @param url where it is
   * @param topic where its entries are published; {@code feeds.NAME} if absent
   * @param every how often it is asked
   * @param announceFirst whether the entries that are there at first are told too
   */
  @Settings
  record FeedSource(
      String url,
      Optional<String> topic,
      Optional<Duration> every,
      @Default("false") boolean announceFirst) {
    FeedSource {
      if (Feed.address(url).isEmpty()) {
        throw new SettingException("url", Feed.ADDRESS);
      }
      if (topic.isPresent() && !TopicPattern.isName(topic.get())) {
        throw new SettingException("topic", "a topic is written like news.lwn");
      }
      every.ifPresent(FeedsSettings::checkInterval);
    }
  }

  FeedsSettings {
    feeds = Map.copyOf(feeds);
    allow = List.copyOf(allow);
    checkInterval(every);
    for (String name : feeds.keySet()) {
      if (!Feed.isName(name)) {
        throw new SettingException("feeds", Feed.NAME);
      }
    }
    for (String network : allow) {
      if (AddressBlock.of(network).isEmpty()) {
        throw new SettingException("allow", "addresses and networks, like \"10.0.0.0/8\"");
      }
    }
    if (atOnce < 1 || parallel < 1 || most < 1 || longest < 1 || summary < 0) {
      throw new IllegalArgumentException(
          "at-once, parallel, most and longest are at least 1, summary at least 0");
    }
    if (patience.isZero() || patience.isNegative()) {
      throw new SettingException("patience", "longer than nothing");
    }
  }

  private static void checkInterval(Duration interval) {
    if (interval.compareTo(SHORTEST) < 0) {
      throw new SettingException("every", "at least 1m");
    }
  }
}
