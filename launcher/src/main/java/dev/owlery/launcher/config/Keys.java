package dev.owlery.launcher.config;

import com.typesafe.config.ConfigUtil;
import java.util.regex.Pattern;

/** How keys are written. */
final class Keys {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_-]+");
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

  private Keys() {}

  /** The path of a key within a block. */
  static String join(String path, String key) {
    String written = PLAIN.matcher(key).matches() ? key : ConfigUtil.quoteString(key);
    return path.isEmpty() ? written : path + "." + written;
  }

  /** The path of an element of a list, counted from 1 as people do. */
  static String element(String path, int index) {
    return path + "[" + (index + 1) + "]";
  }

  /** The key of a record's component: {@code maxLines} becomes {@code max-lines}. */
  static String of(String component) {
    return HUMP.matcher(component).replaceAll("$1-$2").toLowerCase(java.util.Locale.ROOT);
  }
}
