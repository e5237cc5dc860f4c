package dev.owlery.spi;

/**
 * Why an attempt to connect, or the connection that came of it, has ended.
 *
 * @param reason one line for a person, without secrets
 * @param isFinal whether a further attempt is useless until a person has changed something
 */
public record ConnectionEnd(String reason, boolean isFinal) {

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
   * An end after which the account does not connect again, such as a wrong password.
   *
   * @param reason one line for a person
   * @return the end
   */
  public static ConnectionEnd giveUp(String reason) {
    return new ConnectionEnd(reason, true);
  }
}
