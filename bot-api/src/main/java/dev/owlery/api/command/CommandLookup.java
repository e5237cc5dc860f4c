package dev.owlery.api.command;

/** What somebody finds who looks for a command by its name. */
public sealed interface CommandLookup {

  /**
   * They may call it.
   *
   * @param form the command as a form
   */
  record Found(CommandForm form) implements CommandLookup {}

  /**
   * They may not.
   *
   * @param reason why, in one line for them
   */
  record NotAllowed(String reason) implements CommandLookup {}

  /** There is no such command. */
  record Unknown() implements CommandLookup {}
}
