package dev.owlery.adapter.slack;

/** A way by which Slack's deliveries come. Belongs to the thread of {@link ConnectionLoop}. */
interface Carrier extends AutoCloseable {

  /**
   * Why a connection has come to an end.
   *
   * @param reason one line for a person
   * @param isFinal whether trying again is of no use until a person has changed something
   */
  record Ended(String reason, boolean isFinal) {}

  /** Thrown when there is no connection to be had. */
  final class CarrierException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    CarrierException(String reason, boolean isFinal) {
      super(reason);
      this.isFinal = isFinal;
    }

    Ended ended() {
      return new Ended(String.valueOf(getMessage()), isFinal);
    }
  }

  /**
   * Connects; from then on deliveries come.
   *
   * @throws CarrierException if that fails
   * @throws InterruptedException if the account is closed
   */
  void open() throws CarrierException, InterruptedException;

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
