package dev.owlery.api.adapter;

import dev.owlery.api.action.Receipt;
import java.time.Duration;

/** What an adapter knows about one attempt. */
public sealed interface Outcome {

  /**
   * It is known what became of it.
   *
   * @param receipt what the network said
   */
  record Settled(Receipt receipt) implements Outcome {}

  /**
   * Certainly not sent: the core tries again, without danger of saying it twice.
   *
   * @param after not before this time has passed; zero to leave it to the core's back-off
   * @param reason one line for a person
   */
  record NotSent(Duration after, String reason) implements Outcome {}

  /**
   * It may or may not have reached the network. The core asks {@link Adapter#lookUp} when the
   * account is online again.
   *
   * @param reason one line for a person
   */
  record Doubtful(String reason) implements Outcome {}

  /**
   * It was sent, probably it has arrived, and the network has no way to tell. The core counts and
   * logs it, and does not send it again: it is settled as delivered.
   *
   * @param reason one line for a person
   */
  record Unconfirmed(String reason) implements Outcome {}

  /** The network confirmed it and gave no id. */
  Outcome DELIVERED = new Settled(Receipt.DELIVERED);

  /**
   * The network will not do it.
   *
   * @param reason its words, in one line
   * @return the outcome
   */
  static Outcome refused(String reason) {
    return new Settled(new Receipt.Refused(reason));
  }
}
