package dev.owlery.core.outbox;

import dev.owlery.api.chat.Member;

/** In which order the conversations of an account take their turns. */
public enum Priority {
  /** Answers to somebody for whom the network vouches. */
  PERSON,
  /** What the bot says of its own accord, as it is configured to: items of topics, alerts, logs. */
  NORMAL,
  /** Answers to people for whom the network does not vouch. */
  STRANGER,
  /**
   * What nobody has asked for ({@link dev.owlery.api.content.Tone#AUTOMATIC}): leaves when nothing
   * else wants to, and is dropped where there is too much of it or it has waited too long.
   */
  AUTOMATIC;

  /**
   * In which order answers to somebody leave.
   *
   * @param whom who has asked
   * @return the first for those for whom the network vouches
   */
  public static Priority of(Member whom) {
    return whom.identity().isPresent() ? PERSON : STRANGER;
  }
}
