package dev.owlery.api.content;

/** How something is said. */
public enum Tone {
  /** As people talk. */
  NORMAL,
  /** As a deed in the third person: {@code /me waves}. */
  DEED,
  /**
   * As an automatic answer that no program may answer in turn (IRC's NOTICE, RFC 2812 section
   * 3.3.2; XMPP's headline). Commands are never read from it.
   */
  NOTICE,
  /**
   * As an automatic answer to what nobody has asked of the bot: a hint, a greeting, a warning. It
   * is marked on the wire where the network allows that, and plugins of another Owlery never see
   * it, so that two bots do not talk to each other for ever. It may be dropped: when the bot has
   * much to say, or says many of them. The answer to a command is never said like this.
   */
  AUTOMATIC;

  /**
   * Whether a program must not answer what is said like this.
   *
   * @return true for {@link #NOTICE} and {@link #AUTOMATIC}
   */
  public boolean isFinal() {
    return this == NOTICE || this == AUTOMATIC;
  }
}
