package dev.owlery.launcher.config;

import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.file.TransferSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The block {@code files}: how files are carried.
 *
 * @param spool so many bytes may wait to be sent
 * @param keepFree so many bytes of each disk stay free
 * @param atOnce so many transfers run at the same time
 * @param perPeer so many of them with one conversation
 * @param transport the only way of carrying files that is used; the best one each time if absent
 * @param age a transfer that has not succeeded for so long is given up
 */
@Settings
public record FileLimits(
    @Default("4294967296") long spool,
    @Default("67108864") long keepFree,
    @Default("8") int atOnce,
    @Default("2") int perPeer,
    Optional<String> transport,
    @Default("1d") Duration age) {

  /**
   * Checks the limits.
   *
   * @throws SettingException if a limit is negative, or would let nothing pass
   */
  public FileLimits {
    if (spool < 1) {
      throw new SettingException("spool", "must be at least 1");
    }
    if (keepFree < 0) {
      throw new SettingException("keep-free", "must be at least 0");
    }
    if (atOnce < 1) {
      throw new SettingException("at-once", "must be at least 1");
    }
    if (perPeer < 1) {
      throw new SettingException("per-peer", "must be at least 1");
    }
    if (!age.isPositive()) {
      throw new SettingException("age", "must be longer than nothing");
    }
  }

  /**
   * The limits as the engine wants them.
   *
   * @param folder where copies of what is to be sent lie
   * @return the settings
   */
  public TransferSettings settings(Path folder) {
    return new TransferSettings(folder, spool, keepFree, atOnce, perPeer, transport, age);
  }
}
