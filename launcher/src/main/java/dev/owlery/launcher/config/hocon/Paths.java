package dev.owlery.launcher.config.hocon;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The paths of keys, as they are shown. */
final class Paths {

  private static final Pattern SECRET =
      Pattern.compile(
          ".*(password|passwort|passwd|secret|token|credential|private|api-?key|pass|url|nickserv).*");

  private static final Pattern PLAIN_IN_QUOTES = Pattern.compile("\"[\\p{L}\\p{N}_-]+\"");

  private Paths() {}

  /** The path of a key within a block. */
  static String join(String path, List<HoconToken> key) {
    StringBuilder name = new StringBuilder();
    HoconToken before = null;
    for (HoconToken token : key) {
      if (before != null && !token.isGlued()) {
        name.append(' ');
      }
      name.append(token.text());
      before = token;
    }
    String unquoted =
        key.size() == 1 && PLAIN_IN_QUOTES.matcher(name).matches()
            ? name.substring(1, name.length() - 1)
            : name.toString();
    return path.isEmpty() || unquoted.isEmpty() ? path + unquoted : path + "." + unquoted;
  }

  /** The last key of a path, without the number of an element. */
  static String last(String path) {
    int element = path.endsWith("]") ? path.lastIndexOf('[') : path.length();
    return path.substring(path.lastIndexOf('.', element) + 1, element);
  }

  /** Whether a value had better not be shown. */
  static boolean isSecret(String path) {
    return SECRET.matcher(last(path).toLowerCase(Locale.ROOT)).matches();
  }
}
