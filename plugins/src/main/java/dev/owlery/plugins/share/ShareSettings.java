package dev.owlery.plugins.share;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The block {@code plugin.share}.
 *
 * @param folders what may be shared, by name; nothing else can be. Who shares from one needs the
 *     permission {@code share.NAME}
 * @param lasts how long a link works, unless it is said
 * @param longest how long a link may work
 * @param mostTimes how often a link may work
 * @param most so many links there may be
 */
@Settings
record ShareSettings(
    Map<String, ShareFolder> folders,
    @Default("1d") Duration lasts,
    @Default("30d") Duration longest,
    @Default("100") int mostTimes,
    @Default("1000") int most) {

  /**
   * A folder.
   *
   * @param path where it is
   */
  @Settings
  record ShareFolder(Path path) {}

  ShareSettings {
    folders = Map.copyOf(folders);
    for (String name : folders.keySet()) {
      if (!name.matches("[a-z0-9][a-z0-9_-]{0,39}") || name.equals("files")) {
        throw new SettingException(
            "folders", "a folder's name here is made of a-z, 0-9, - and _, and is not `files`");
      }
    }
    if (!lasts.isPositive() || lasts.compareTo(longest) > 0) {
      throw new SettingException("lasts", "must be positive, and no longer than `longest`");
    }
    if (mostTimes < 1 || most < 1) {
      throw new SettingException(mostTimes < 1 ? "most-times" : "most", "at least 1");
    }
  }
}
