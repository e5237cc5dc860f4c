package dev.owlery.api.command;

import java.util.List;

/**
 * All commands of the bot, as help and completion see them. Every method may be called from any
 * thread.
 */
public interface Commands {

  /**
   * What is declared now.
   *
   * @return every command, by name
   */
  List<CommandInfo> all();

  /**
   * Why somebody may or may not call a command: the rule that decides.
   *
   * @param call who asks, and where
   * @param command the command that they ask about
   * @return whether it is permitted, and the reason in one line
   */
  Decision decide(CommandCall call, CommandInfo command);

  /**
   * Names like a misspelt one.
   *
   * @param input what somebody typed
   * @return the nearest command names, best first; empty if none is near
   */
  List<String> like(String input);

  /**
   * What the permissions say.
   *
   * @param permitted whether the command would run
   * @param reason the rule that decided, in one line for a person
   */
  record Decision(boolean permitted, String reason) {}
}
