package dev.owlery.api.folder;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of one file, fit for any file system and for showing: never a path, never hidden, never
 * an option of a program, nothing invisible in it, no device of Windows, at most {@link #LONGEST}
 * bytes of UTF-8, in Unicode's form C. Pure; may be used from any thread.
 *
 * @param text the name
 */
public record SafeName(String text) {

  /** What a name may have at most, in bytes of UTF-8. */
  public static final int LONGEST = 200;

  /** What has no name left is called so. */
  private static final String NAMELESS = "file";

  private static final int LONGEST_ENDING = 24;
  private static final int LONGEST_READ = 16 * 1024;
  private static final String NOT_FOR_NAMES = "<>:\"|?*";
  private static final Pattern ENDING = Pattern.compile("((?:\\.tar)?\\.[A-Za-z0-9_-]+)$");
  private static final Pattern DEVICE =
      Pattern.compile(
          "(con|prn|aux|nul|clock\\$|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?",
          Pattern.CASE_INSENSITIVE);

  /**
   * A name that is safe already.
   *
   * @throws IllegalArgumentException if it is not
   */
  public SafeName {
    if (!text.equals(clean(text))) {
      throw new IllegalArgumentException("not a safe name");
    }
  }

  /**
   * Makes a safe name of whatever somebody outside calls a file. Names that are safe stay as they
   * are. Of a path only the last part is taken, whichever slash it is written with; escapes like
   * {@code %2e} are not resolved: who takes a name out of an address decodes it before, once.
   *
   * @param outside any text
   * @return the name; {@code file} if nothing is left of it
   */
  public static SafeName of(String outside) {
    return new SafeName(clean(outside));
  }

  /**
   * What a file that is sent is called on the way: its own name, with a {@code -} or {@code ~} at
   * the beginning too, which is of no harm to anybody who does not write a file of that name.
   * Whoever takes it in makes a safe name of it.
   *
   * @param own the file's name; of a path only the last part counts
   * @return a name that can be shown and sent, at most {@link #LONGEST} bytes long
   */
  public static String sent(String own) {
    String visible =
        visible(normal(lastPart(own.substring(0, Math.min(own.length(), LONGEST_READ)))));
    int start = 0;
    while (start < visible.length() && "-~".indexOf(visible.charAt(start)) >= 0) {
      start++;
    }
    String safe = clean(visible.substring(start));
    String whole = visible.substring(0, start) + safe;
    return start < visible.length() && bytes(whole) <= LONGEST ? whole : clean(own);
  }

  /**
   * The same name with a number, for when it is taken: {@code report (2).pdf}.
   *
   * @param number for example 2
   * @return the name, cut where it would be too long
   */
  public SafeName numbered(int number) {
    String ending = ending(text);
    String stem = text.substring(0, text.length() - ending.length());
    String suffix = " (" + number + ")" + ending;
    return new SafeName(cut(stem, LONGEST - bytes(suffix)).stripTrailing() + suffix);
  }

  private static String clean(String outside) {
    String part = lastPart(outside.substring(0, Math.min(outside.length(), LONGEST_READ)));
    String name = normal(visible(normal(part)));
    name = shortened(trimmed(name));
    if (DEVICE.matcher(name).matches()) {
      name = shortened("_" + name);
    }
    return name.isEmpty() ? NAMELESS : name;
  }

  /** Of a path that is too long to be read whole, the beginning counts: it is no honest one. */
  private static String lastPart(String path) {
    String slashes = path.replace('\\', '/');
    int end = slashes.length();
    while (end > 0 && slashes.charAt(end - 1) == '/') {
      end--;
    }
    return slashes.substring(slashes.lastIndexOf('/', end - 1) + 1, end);
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static String visible(String text) {
    StringBuilder name = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (NOT_FOR_NAMES.indexOf(point) >= 0) {
            name.append('_');
          } else if (Character.isSpaceChar(point) || Character.isWhitespace(point)) {
            name.append(' ');
          } else if (isVisible(point)) {
            name.appendCodePoint(point);
          }
        });
    return name.toString();
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE -> false;
      // Joiners are part of words and of emoji; the rest turns the direction or hides.
      case Character.FORMAT -> point == 0x200c || point == 0x200d;
      default -> (point & 0xfffe) != 0xfffe;
    };
  }

  private static String trimmed(String name) {
    int start = 0;
    while (start < name.length() && " .-~".indexOf(name.charAt(start)) >= 0) {
      start++;
    }
    int end = name.length();
    while (end > start && " .".indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    return name.substring(start, end);
  }

  /** Keeps the ending, which says what it is. */
  private static String shortened(String name) {
    if (bytes(name) <= LONGEST) {
      return name;
    }
    String ending = ending(name);
    String stem = name.substring(0, name.length() - ending.length());
    return trimmed(trimmed(cut(stem, LONGEST - bytes(ending))) + ending);
  }

  private static String ending(String name) {
    var found = ENDING.matcher(name.toLowerCase(Locale.ROOT));
    return found.find() && found.start() > 0 && name.length() - found.start() <= LONGEST_ENDING
        ? name.substring(found.start())
        : "";
  }

  /** No character is cut in two. */
  private static String cut(String text, int most) {
    int length = 0;
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      length += bytes(Character.toString(point));
      if (length > most) {
        break;
      }
      at += Character.charCount(point);
    }
    return text.substring(0, at);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return text;
  }
}
