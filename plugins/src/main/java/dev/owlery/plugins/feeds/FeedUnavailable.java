package dev.owlery.plugins.feeds;

import java.time.Duration;

/** A feed cannot be had now; the text is fit for a user and holds nothing from outside. */
final class FeedUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration pause;

  FeedUnavailable(String message) {
    this(message, Duration.ZERO);
  }

  /**
   * Says why.
   *
   * @param message one line
   * @param pause how long the other side asks not to be asked again
   */
  FeedUnavailable(String message, Duration pause) {
    super(message);
    this.pause = pause;
  }

  Duration pause() {
    return pause;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
