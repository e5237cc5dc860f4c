package dev.owlery.spi;

/**
 * Why an attempt to connect, or the connection that came of it, has ended.
 *
 * @param reason one line for a person, without secrets
 * @param isFinal whether a further attempt is useless until a person has changed something
 * @param likelyPermanent whether further attempts, though they are made, will probably fail in the
 *     same way until a person has changed something; true where {@code isFinal} is
 */
public record ConnectionEnd(String reason, boolean isFinal, boolean likelyPermanent) {

  /**
   * An end that is final, or one that will probably pass by itself.
   *
   * @param reason one line for a person, without secrets
   * @param isFinal whether a further attempt is useless until a person has changed something
   */
  public ConnectionEnd(String reason, boolean isFinal) {
    this(reason, isFinal, isFinal);
  }

  /**
   * An end after which the account connects again.
   *
   * @param reason one line for a person
   * @return the end
   */
  public static ConnectionEnd retry(String reason) {
    return new ConnectionEnd(reason, false);
  }

  /**
   * An end after which the account connects again, although a person probably has to change
   * something first: nobody listens at the address, or the certificate is refused.
   *
   * @param reason one line for a person, with the next step
   * @return the end
   */
  public static ConnectionEnd likelyPermanent(String reason) {
    return new ConnectionEnd(reason, false, true);
  }

  /**
   * An end after which the account does not connect again, such as a wrong password.
   *
   * @param reason one line for a person
   * @return the end
   */
  public static ConnectionEnd giveUp(String reason) {
    return new ConnectionEnd(reason, true);
  }
}
