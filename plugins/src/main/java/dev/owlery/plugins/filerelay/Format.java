package dev.owlery.plugins.filerelay;

import dev.owlery.api.content.FileRef;
import java.util.Locale;

/** How figures are written for people. */
final class Format {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Format() {}

  /** For example {@code 1.5 MiB}. */
  static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }

  static String size(FileRef file) {
    return file.size().isPresent() ? size(file.size().getAsLong()) : "unknown size";
  }

  static String percent(long part, long whole) {
    return (whole == 0 ? 100 : part * 100 / whole) + " %";
  }
}
