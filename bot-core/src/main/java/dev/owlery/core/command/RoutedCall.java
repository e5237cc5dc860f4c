package dev.owlery.core.command;

/**
 * What the router makes of an event that is meant for it: run it in the event's lane, after the
 * handlers. Immutable.
 */
public final class RoutedCall {

  /** What running it does. */
  public enum CallKind {
    /** Calls a plugin's command. */
    COMMAND,
    /** Tells somebody who spoke to the bot that there is no such command. */
    HINT,
    /** Tells that a command was missed for too long to be run now. */
    MISSED
  }

  private final CallKind kind;
  private final String plugin;
  private final String input;
  private final CallBody body;

  RoutedCall(CallKind kind, String plugin, String input, CallBody body) {
    this.kind = kind;
    this.plugin = plugin;
    this.input = input;
    this.body = body;
  }

  /**
   * What running it does.
   *
   * @return the kind
   */
  public CallKind kind() {
    return kind;
  }

  /**
   * Whose code it runs.
   *
   * @return the plugin's id; {@link CommandRouter#CORE} for what the router does by itself
   */
  public String plugin() {
    return plugin;
  }

  /**
   * The command line, without prefix or mention.
   *
   * @return as it was written
   */
  public String input() {
    return input;
  }

  /**
   * Does it, on the calling thread. Says its answers by {@link CallContext#reply}. What a user can
   * mend (wrong arguments, a missing permission, a {@code CommandException}) becomes one line to
   * them and ends normally.
   *
   * @param host the lane's turn
   * @throws Throwable whatever else the plugin throws, as it was thrown: the lane contains it
   */
  public void run(CallContext host) throws Throwable {
    body.run(host);
  }

  /** What there is to do. */
  @FunctionalInterface
  interface CallBody {
    void run(CallContext host) throws Throwable;
  }
}
