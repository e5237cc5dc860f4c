package dev.owlery.core.journal;

/**
 * A unit of work follows from an event that could not be recorded: it must not take effect, since
 * the network will deliver the event again as a new one. Trying the commit again does not help.
 */
public final class LostEventException extends RuntimeException {

  private static final long serialVersionUID = 1;

  LostEventException() {
    super("the event that this follows from could not be recorded");
  }
}
