package dev.owlery.adapter.console;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The console's block in the configuration; every key may be left out.
 *
 * @param user what the person at the keyboard is called
 * @param nick what the bot is called here
 * @param mode whether lines are edited on a terminal
 * @param history where the lines typed on a terminal are remembered; without it they are forgotten
 */
@Settings
record ConsoleSettings(
    @Default("you") String user,
    @Default("owl") String nick,
    @Default("auto") Mode mode,
    Optional<Path> history) {

  /** How the console talks. */
  enum Mode {
    /** On a terminal if both standard input and output are one, else as a pipe. */
    AUTO,
    /** Line by line, answers only. */
    PIPE,
    /** With line editing. */
    TERMINAL
  }

  ConsoleSettings {
    check("user", user);
    check("nick", nick);
    if (user.equals(nick)) {
      throw new SettingException("user", "the person and the bot need different names");
    }
  }

  boolean onTerminal(BooleanSupplier present) {
    return switch (mode) {
      case AUTO -> present.getAsBoolean();
      case PIPE -> false;
      case TERMINAL -> true;
    };
  }

  private static void check(String key, String name) {
    if (!ConsoleIdentity.isName(name)) {
      throw new SettingException(key, ConsoleIdentity.NAME_RULE);
    }
  }
}
