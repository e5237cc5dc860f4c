package dev.owlery.core.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The path of a route: parts that must be as they are, and named ones for which anything stands.
 *
 * @param text as it was written
 * @param parts between the slashes
 */
record PathPattern(String text, List<PathSegment> parts) implements Comparable<PathPattern> {

  private static final int LONGEST = 200;
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@-]*");
  private static final Pattern NAMED = Pattern.compile("\\{[A-Za-z][A-Za-z0-9_-]*\\}");

  /** What stands between two slashes: a name if it is in braces. */
  record PathSegment(String text, boolean named) {}

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is malformed; the text is fit for a user
   */
  static PathPattern of(String text) {
    if (!text.startsWith("/") || text.length() > LONGEST) {
      throw new IllegalArgumentException("a route begins with / and is at most 200 long");
    }
    List<PathSegment> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String part : text.substring(1).split("/", -1)) {
      if (NAMED.matcher(part).matches()) {
        String name = part.substring(1, part.length() - 1);
        if (!names.add(name)) {
          throw new IllegalArgumentException("a route names {" + name + "} once only");
        }
        parts.add(new PathSegment(name, true));
      } else if (LITERAL.matcher(part).matches() && !isDots(part)) {
        parts.add(new PathSegment(part, false));
      } else {
        throw new IllegalArgumentException(
            "a route is written like /hooks/{name}, without escapes and dots alone");
      }
    }
    return new PathPattern(text, List.copyOf(parts));
  }

  /**
   * Cuts a path as a client wrote it and decodes its parts.
   *
   * @return empty if no honest client would write it so: a part that is {@code .} or {@code ..}, an
   *     encoded slash, a control character, a broken escape
   */
  static Optional<List<String>> cut(String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (String part : path.substring(1).split("/", -1)) {
      Optional<String> decoded = decode(part);
      if (decoded.isEmpty()) {
        return Optional.empty();
      }
      parts.add(decoded.get());
    }
    return Optional.of(parts);
  }

  private static Optional<String> decode(String part) {
    try {
      String decoded =
          part.indexOf('%') < 0
              ? part
              : strict(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.ISO_8859_1));
      boolean honest =
          !isDots(decoded)
              && decoded
                  .codePoints()
                  .noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
      return honest ? Optional.of(decoded) : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Bytes that are no UTF-8 are refused, not replaced. */
  private static String strict(String bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
        .toString();
  }

  private static boolean isDots(String part) {
    return part.equals(".") || part.equals("..");
  }

  /** The named parts, if these are the parts of a path that fits. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != parts.size()) {
      return Optional.empty();
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      PathSegment part = parts.get(i);
      if (part.named() && !path.get(i).isEmpty()) {
        named.put(part.text(), path.get(i));
      } else if (part.named() || !part.text().equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }

  /** Whether the same paths fit, whatever the parts are named. */
  boolean isAlike(PathPattern other) {
    return compareTo(other) == 0;
  }

  /** What says more comes first: at the first difference, a part that must be as it is. */
  @Override
  public int compareTo(PathPattern other) {
    for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
      PathSegment mine = parts.get(i);
      PathSegment theirs = other.parts.get(i);
      int order = Boolean.compare(mine.named(), theirs.named());
      if (order == 0 && !mine.named()) {
        order = mine.text().compareTo(theirs.text());
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(parts.size(), other.parts.size());
  }

  @Override
  public String toString() {
    return text;
  }
}
