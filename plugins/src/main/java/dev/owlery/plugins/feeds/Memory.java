package dev.owlery.plugins.feeds;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
 * @param seen the prints of the entries that are known, the newest first
 */
record Memory(
    String url,
    String tag,
    String modified,
    String title,
    boolean known,
    int failures,
    String fault,
    long next,
    List<String> seen) {

  private static final int FEWEST_SEEN = 300;

  /** Nothing is known. */
  static Memory none(Feed feed) {
    return new Memory(feed.url().toString(), "", "", "", false, 0, "", 0, List.of());
  }

  /** Nothing new. */
  Memory same(long due) {
    return new Memory(url, tag, modified, title, known, 0, "", due, seen);
  }

  /** It could not be had. */
  Memory failed(String why, long due) {
    return new Memory(url, tag, modified, title, known, failures + 1, why, due, seen);
  }

  /**
   * It was read. Entries that have left the document are remembered for a while, since documents
   * let old entries slide back.
   */
  Memory read(Answer answer, Contents contents, long due) {
    Set<String> prints = new LinkedHashSet<>();
    contents.entries().forEach(entry -> prints.add(entry.print()));
    int most = Math.max(FEWEST_SEEN, prints.size() * 2);
    seen.stream().takeWhile(_ -> prints.size() < most).forEach(prints::add);
    return new Memory(
        url,
        answer.tag(),
        answer.modified(),
        PlainText.cut(contents.title(), 100),
        true,
        0,
        "",
        due,
        List.copyOf(prints));
  }
}
