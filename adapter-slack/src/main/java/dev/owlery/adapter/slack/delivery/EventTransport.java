package dev.owlery.adapter.slack.delivery;

import dev.owlery.adapter.slack.ConnectionLoop;
import dev.owlery.adapter.slack.api.ApiResult;

/** A way by which Slack's deliveries come. Belongs to the thread of {@link ConnectionLoop}. */
public interface EventTransport extends AutoCloseable {

  /**
   * Why a connection has come to an end.
   *
   * @param reason one line for a person
   * @param isFinal whether trying again is of no use until a person has changed something
   * @param likelyPermanent whether it will probably be of no use, although it is tried
   */
  record Ended(String reason, boolean isFinal, boolean likelyPermanent) {
    Ended(String reason, boolean isFinal) {
      this(reason, isFinal, isFinal);
    }
  }

  /** Thrown when there is no connection to be had. */
  final class EventTransportException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isFinal;
    private final boolean likelyPermanent;

    public EventTransportException(String reason, boolean isFinal) {
      this(reason, isFinal, isFinal);
    }

    private EventTransportException(String reason, boolean isFinal, boolean likelyPermanent) {
      super(reason);
      this.isFinal = isFinal;
      this.likelyPermanent = likelyPermanent;
    }

    /** Slack was not asked. */
    public static EventTransportException notSent(ApiResult.NotReached<?> lost) {
      return new EventTransportException(lost.reason(), false, lost.isUnreachable());
    }

    public Ended ended() {
      return new Ended(String.valueOf(getMessage()), isFinal, likelyPermanent);
    }
  }

  /**
   * Connects; from then on deliveries come.
   *
   * @throws EventTransportException if that fails
   * @throws InterruptedException if the account is closed
   */
  void open() throws EventTransportException, InterruptedException;

  /**
   * Looks after the connection until it ends.
   *
   * @return why it ended
   * @throws InterruptedException if the account is closed
   */
  Ended carry() throws InterruptedException;

  /** What it is connected to, for a person. */
  String place();

  @Override
  void close();
}
