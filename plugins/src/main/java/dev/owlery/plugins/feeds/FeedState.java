package dev.owlery.plugins.feeds;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a feed, over restarts.
 *
 * @param url where the feed was; elsewhere it is another feed
 * @param tag the entity tag of the last answer; may be empty
 * @param modified the date of the last answer; may be empty
 * @param title what the feed calls itself; may be empty
 * @param known whether it has been read once
 * @param failures how often in a row it could not be had
 * @param fault why; empty if it could
 * @param next when to ask again, in milliseconds of Unix time
 * @param seen the prints of the entries that are known, and of their details, the newest first
 * @param shared the prints of ids under which there was more than one entry at a time
 */
record FeedState(
    String url,
    String tag,
    String modified,
    String title,
    boolean known,
    int failures,
    String fault,
    long next,
    List<String> seen,
    List<String> shared) {

  private static final int FEWEST_SEEN = 600;
  private static final int MOST_SHARED = 300;

  /** Takes it that nothing is known of what an earlier version has not written. */
  FeedState {
    seen = known(seen);
    shared = known(shared);
  }

  private static List<String> known(@Nullable List<String> written) {
    return written == null ? List.of() : List.copyOf(written);
  }

  /** Nothing is known. */
  static FeedState none(Feed feed) {
    return new FeedState(feed.url().toString(), "", "", "", false, 0, "", 0, List.of(), List.of());
  }

  /** Nothing new. */
  FeedState same(long due) {
    return new FeedState(url, tag, modified, title, known, 0, "", due, seen, shared);
  }

  /** It could not be had. */
  FeedState failed(String why, long due) {
    return new FeedState(url, tag, modified, title, known, failures + 1, why, due, seen, shared);
  }

  /**
   * It was read. Entries that have left the document are remembered for a while, since documents
   * let old entries slide back.
   */
  FeedState read(FetchedDocument answer, Contents contents, long due) {
    Set<String> prints = new LinkedHashSet<>();
    for (FeedEntry entry : contents.entries()) {
      prints.add(entry.print());
      prints.add(entry.detail());
    }
    int most = Math.max(FEWEST_SEEN, prints.size() * 2);
    seen.stream().takeWhile(_ -> prints.size() < most).forEach(prints::add);
    return new FeedState(
        url,
        answer.tag(),
        answer.modified(),
        PlainText.cut(contents.title(), 100),
        true,
        0,
        "",
        due,
        List.copyOf(prints),
        allShared(contents).stream().limit(MOST_SHARED).toList());
  }

  /** An id that has stood for more than one entry at a time says nothing from then on. */
  private Set<String> allShared(Contents contents) {
    Set<String> all = new LinkedHashSet<>(contents.shared());
    all.addAll(shared);
    return all;
  }

  /**
   * What is new, by the key that each entry has, in the document's order. An entry is told from
   * others by its id, or, where that has stood for others too, by all that it says.
   */
  Map<String, FeedEntry> news(Contents contents) {
    Set<String> known = new HashSet<>(seen);
    Set<String> refuted = allShared(contents);
    Map<String, FeedEntry> news = new LinkedHashMap<>();
    for (FeedEntry entry : contents.entries()) {
      String key = refuted.contains(entry.print()) ? entry.detail() : entry.print();
      if (!known.contains(key)) {
        news.putIfAbsent(key, entry);
      }
    }
    return news;
  }
}
