package dev.owlery.testkit.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;

/**
 * A configuration file as a package of the operating system has installed it. Tests start copies of
 * such servers in which nothing but ports, paths, certificates and users differ, so that what an
 * ordinary installation lacks is lacking there too.
 */
public final class InstalledConfiguration {
  /** Prosody's, of Debian. */
  public static final Path PROSODY = Path.of("/etc/prosody/prosody.cfg.lua");

  /** ejabberd's, of Debian. */
  public static final Path EJABBERD = Path.of("/etc/ejabberd/ejabberd.yml");

  /** InspIRCd's, of Debian. */
  public static final Path INSPIRCD = Path.of("/etc/inspircd/inspircd.conf");

  /** ngIRCd's, of Debian. */
  public static final Path NGIRCD = Path.of("/etc/ngircd/ngircd.conf");

  private InstalledConfiguration() {}

  /**
   * Tells whether this user may read a file: some of them only root may.
   *
   * @param file the file
   * @return false if it is absent or not for everybody
   */
  public static boolean isReadable(Path file) {
    return Files.isReadable(file);
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its text
   * @throws IllegalStateException when it is absent or this user may not read it
   */
  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          file + " cannot be read; run scripts/install-test-servers, and the test as root",
          unreadable);
    }
  }

  /**
   * Puts other text into the place of something that must be there.
   *
   * @param text a configuration
   * @param pattern a regular expression
   * @param replacement what stands there instead, as it is
   * @return the changed text
   * @throws IllegalStateException when nothing fits: the package has changed its configuration
   */
  public static String replace(String text, String pattern, String replacement) {
    String changed = text.replaceAll(pattern, Matcher.quoteReplacement(replacement));
    if (changed.equals(text)) {
      throw new IllegalStateException("the installed configuration has no " + pattern);
    }
    return changed;
  }
}
