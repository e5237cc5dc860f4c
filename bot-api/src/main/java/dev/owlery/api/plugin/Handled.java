package dev.owlery.api.plugin;

/** What a handler says of an event. */
public enum Handled {
  /** The next handlers, and then the commands, get it too. */
  CONTINUE,
  /** Nobody else gets it, commands included. */
  STOP
}
