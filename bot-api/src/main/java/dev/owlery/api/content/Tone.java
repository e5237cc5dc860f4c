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
  NOTICE
}
