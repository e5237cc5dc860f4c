package dev.owlery.api.chat;

/** How reachable somebody says they are. */
public enum Presence {
  /** There. */
  AVAILABLE,
  /** There, but not at the keyboard. */
  AWAY,
  /** There, and not to be disturbed. */
  BUSY,
  /** Not there. */
  OFFLINE
}
