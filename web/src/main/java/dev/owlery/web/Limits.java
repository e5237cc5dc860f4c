package dev.owlery.web;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param head until the whole head of its next request has come
 * @param silence between two pieces of a body, or of an answer that it reads
 * @param grace so far a body may be behind {@link #LEAST_RATE}
 * @param answerGrace so far the reading of an answer may be behind it; at least what a piece of
 *     {@link PacedAnswer} takes at that rate
 * @param farewell for requests that are being answered when the port is closed
 */
record Limits(
    Duration head, Duration silence, Duration grace, Duration answerGrace, Duration farewell) {

  /** Bytes each second, of a body that comes and of an answer that is read. */
  static final int LEAST_RATE = 1024;

  /** Bytes of a request's head. */
  static final int LONGEST_HEAD = 16 * 1024;

  static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(64),
          Duration.ofSeconds(1));
}
