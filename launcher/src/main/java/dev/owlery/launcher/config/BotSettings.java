package dev.owlery.launcher.config;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.SettingFaults;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.journal.Durability;
import dev.owlery.launcher.control.ControlSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The block {@code bot}: what concerns the bot as a whole.
 *
 * @param name what the bot is called
 * @param prefix what a command begins with in a room
 * @param dataDir where the bot keeps what it must not forget
 * @param durability what the end of the process, or of the power, must not take from it
 * @param pluginsDir where the jars of plugins lie
 * @param pluginHashes the SHA-256 of each jar that may be loaded, by the plugin's id; any jar may
 *     if there is none
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
    Map<String, String> pluginHashes,
    List<String> alerts) {

  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

  /**
   * Checks the names.
   *
   * @throws SettingException if the name or the prefix could not be told from other text, or the
   *     data directory has too long a path
   */
  public BotSettings {
    SettingFaults faults = new SettingFaults();
    faults.check(
        !name.isBlank() && name.codePoints().noneMatch(BotSettings::isNoLetter),
        "name",
        "must be one word");
    faults.check(
        !prefix.isEmpty()
            && !Character.isLetterOrDigit(prefix.codePointAt(0))
            && prefix.codePoints().noneMatch(BotSettings::isNoLetter),
        "prefix",
        "must be a sign, like \"!\"");
    for (String address : alerts) {
      faults.check(
          address.indexOf('/') >= 1 && !address.endsWith("/"),
          "alerts",
          "must be addresses, like \"libera/#owls\"");
    }
    pluginHashes.forEach((plugin, hash) ->
        faults.check(
            HASH.matcher(hash).matches(),
            "plugin-hashes." + plugin,
            "must be a SHA-256 hash, 64 hexadecimal digits, as sha256sum prints it"));
    pluginHashes = Map.copyOf(pluginHashes);
    if (durability != Durability.OFF && ControlSocket.isTooLong(dataDir)) {
      faults.check(
          false,
          "data-dir",
          "must be a shorter path: "
              + ControlSocket.in(dataDir)
              + " has more than the "
              + ControlSocket.LONGEST_PATH
              + " bytes that a socket's path may have; a link to the directory will do");
    }
    faults.throwIfAny();
    alerts = List.copyOf(alerts);
  }

  private static boolean isNoLetter(int c) {
    return Character.isWhitespace(c) || Character.isISOControl(c);
  }
}
