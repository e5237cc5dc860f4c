package dev.owlery.launcher.config;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.journal.Durability;
import dev.owlery.launcher.control.ControlSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * The block {@code bot}: what concerns the bot as a whole.
 *
 * @param name what the bot is called
 * @param prefix what a command begins with in a room
 * @param dataDir where the bot keeps what it must not forget
 * @param durability what the end of the process, or of the power, must not take from it
 * @param pluginsDir where the jars of plugins lie
 * @param alerts who is told when a plugin is paused, an action given up or an event put aside,
 *     written {@code account/room}
 */
@Settings
public record BotSettings(
    @Default("owl") String name,
    @Default("!") String prefix,
    @Default("data") Path dataDir,
    @Default("crash") Durability durability,
    @Default("plugins.d") Path pluginsDir,
    List<String> alerts) {

  /**
   * Checks the names.
   *
   * @throws SettingException if the name or the prefix could not be told from other text, or the
   *     data directory has too long a path
   */
  public BotSettings {
    if (name.isBlank() || name.codePoints().anyMatch(BotSettings::isNoLetter)) {
      throw new SettingException("name", "must be one word");
    }
    if (prefix.isEmpty()
        || Character.isLetterOrDigit(prefix.codePointAt(0))
        || prefix.codePoints().anyMatch(BotSettings::isNoLetter)) {
      throw new SettingException("prefix", "must be a sign, like \"!\"");
    }
    for (String address : alerts) {
      if (address.indexOf('/') < 1 || address.endsWith("/")) {
        throw new SettingException("alerts", "must be addresses, like \"libera/#owls\"");
      }
    }
    if (durability != Durability.OFF && ControlSocket.isTooLong(dataDir)) {
      throw new SettingException(
          "data-dir",
          "must be a shorter path: "
              + ControlSocket.in(dataDir)
              + " has more than the "
              + ControlSocket.LONGEST_PATH
              + " bytes that a socket's path may have; a link to the directory will do");
    }
    alerts = List.copyOf(alerts);
  }

  private static boolean isNoLetter(int c) {
    return Character.isWhitespace(c) || Character.isISOControl(c);
  }
}
