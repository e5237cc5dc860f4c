package dev.owlery.core.outbox;

/** In which order the conversations of an account take their turns. */
public enum Priority {
  /** Answers to somebody for whom the network vouches. */
  PERSON,
  /** All else that was asked for. */
  NORMAL,
  /**
   * What nobody has asked for ({@link dev.owlery.api.content.Tone#AUTOMATIC}): leaves when nothing
   * else wants to, and is dropped where there is too much of it or it has waited too long.
   */
  AUTOMATIC
}
