package dev.owlery.plugins.share;

import java.util.List;

/**
 * One time that a link is used by somebody, over however many requests.
 *
 * @param from the client's address
 * @param begun when, in milliseconds
 * @param ended when everything had been sent, in milliseconds; 0 before
 * @param requests how many there were
 * @param sent how many bytes, those that were sent again too
 * @param have which bytes
 */
record Fetch(String from, long begun, long ended, int requests, long sent, List<FileRange> have) {

  static Fetch by(String from, long now) {
    return new Fetch(from, now, 0, 1, 0, List.of());
  }

  boolean isOver() {
    return ended > 0;
  }

  Fetch again() {
    return new Fetch(from, begun, ended, requests + 1, sent, have);
  }

  /** With more bytes sent; over, if that is all. */
  Fetch with(FileRange more, boolean whole, long now) {
    List<FileRange> all = more.length() > 0 ? FileRange.joined(have, more) : have;
    return new Fetch(
        from, begun, ended == 0 && whole ? now : ended, requests, sent + more.length(), all);
  }
}
