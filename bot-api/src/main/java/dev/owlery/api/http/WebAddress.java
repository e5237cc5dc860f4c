package dev.owlery.api.http;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses of the web as people and programs write them. An address that RFC 3986 allows
 * stays as it is; one that browsers understand all the same (characters that should have been
 * escaped, a lone {@code %}, a host's name that is not ASCII, backslashes) is written as RFC 3986
 * has it. Only http and https, never with a user's name, at most {@link #LONGEST} characters. Pure;
 * any thread.
 *
 * <p>The host's name may hold {@code _}, which many have. {@link URI#getHost} does not know such a
 * name, so ask {@link #host}.
 */
public final class WebAddress {

  /** So many characters an address may have. */
  public static final int LONGEST = 2_000;

  private static final int LONGEST_HOST = 253;
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?i)(https?):[/\\\\]{2,}([^/\\\\?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]@]+)(?::([0-9]{0,5}))?");
  private static final Pattern HOST = Pattern.compile("[a-z0-9._-]+");
  private static final Pattern ESCAPED = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final String PLAIN = "-._~!$&'()*+,;=:@/";
  private static final int MOST_PORTS = 65_535;

  private WebAddress() {}

  /**
   * Reads an address.
   *
   * @param text as it was written; blanks around it do not count
   * @return empty if it is none
   */
  public static Optional<URI> of(String text) {
    String written = bare(text);
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    return strict(written).or(() -> repaired(written));
  }

  /**
   * Reads a reference: an address, or a part of one that goes on from another (RFC 3986 section
   * 5.2).
   *
   * @param reference as it was written; blanks around it do not count
   * @param base where it was written
   * @return empty if that makes no address
   */
  public static Optional<URI> of(String reference, URI base) {
    String written = bare(reference);
    Matcher scheme = SCHEME.matcher(written);
    if (scheme.lookingAt() || written.length() > LONGEST) {
      return of(written);
    }
    String path = written.replace('\\', '/');
    String whole = base.toString();
    int fragment = whole.indexOf('#');
    String page = fragment < 0 ? whole : whole.substring(0, fragment);
    int query = page.indexOf('?');
    String place = query < 0 ? page : page.substring(0, query);
    int root = place.indexOf('/', place.indexOf("//") + 2);
    String origin = root < 0 ? place : place.substring(0, root);
    if (written.isEmpty()) {
      return of(page);
    } else if (path.startsWith("//")) {
      return of(base.getScheme() + ":" + written);
    } else if (written.startsWith("#")) {
      return of(page + written);
    } else if (written.startsWith("?")) {
      return of(place + written);
    } else if (path.startsWith("/")) {
      return of(origin + withoutDots(written));
    }
    String folder = root < 0 ? origin + "/" : place.substring(0, place.lastIndexOf('/') + 1);
    return of(origin + withoutDots(folder.substring(origin.length()) + written));
  }

  /**
   * The host of an address that this class has read.
   *
   * @param address an address of the web
   * @return its name, or its address without brackets; empty text if there is none
   */
  public static String host(URI address) {
    String authority = String.valueOf(address.getRawAuthority());
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    if (host.startsWith("[")) {
      return host.substring(1, Math.max(1, host.indexOf(']')));
    }
    int port = host.indexOf(':');
    String name = port < 0 ? host : host.substring(0, port);
    return address.getRawAuthority() == null ? "" : name;
  }

  /** Browsers drop line breaks inside, and what is no more than a blank around. */
  private static String bare(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return text.substring(start, end).replaceAll("[\\t\\r\\n]+", "");
  }

  private static Optional<URI> strict(String text) {
    try {
      URI uri = new URI(text);
      boolean isWeb =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      boolean isAscii = text.chars().allMatch(c -> c < 0x80);
      return isWeb && isAscii && uri.getHost() != null && uri.getRawUserInfo() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException notStrict) {
      return Optional.empty();
    }
  }

  private static Optional<URI> repaired(String text) {
    Matcher parts = ABSOLUTE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Matcher authority = AUTHORITY.matcher(parts.group(2));
    if (!authority.matches()) {
      return Optional.empty();
    }
    Optional<String> host = hostName(authority.group(1));
    String port = authority.group(2) == null ? "" : authority.group(2);
    if (host.isEmpty() || (!port.isEmpty() && Integer.parseInt(port) > MOST_PORTS)) {
      return Optional.empty();
    }
    String address =
        parts.group(1).toLowerCase(Locale.ROOT)
            + "://"
            + host.get()
            + (port.isEmpty() ? "" : ":" + port)
            + escaped(parts.group(3).replace('\\', '/'), "")
            + escaped(parts.group(4), "?")
            + escaped(parts.group(5), "#");
    try {
      return address.length() > LONGEST * 3 ? Optional.empty() : Optional.of(new URI(address));
    } catch (URISyntaxException hopeless) {
      return Optional.empty();
    }
  }

  private static Optional<String> hostName(String written) {
    if (written.startsWith("[")) {
      return Optional.of(written);
    }
    try {
      String name = IDN.toASCII(written, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      return HOST.matcher(name).matches()
              && name.length() <= LONGEST_HOST
              && !name.startsWith(".")
              && !name.contains("..")
          ? Optional.of(name)
          : Optional.empty();
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /** A part of an address, in which everything that may not stand there is escaped. */
  private static String escaped(@Nullable String part, String begin) {
    if (part == null) {
      return "";
    }
    StringBuilder out = new StringBuilder(begin);
    Matcher escape = ESCAPED.matcher(part);
    int at = begin.length();
    while (at < part.length()) {
      int point = part.codePointAt(at);
      int next = at + Character.charCount(point);
      boolean isEscape = point == '%' && escape.region(at, part.length()).lookingAt();
      if (isEscape || isPlain(point) || (point == '?' && !begin.isEmpty())) {
        out.appendCodePoint(point);
      } else {
        for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
        }
      }
      at = next;
    }
    return out.toString();
  }

  private static boolean isPlain(int point) {
    return (point >= 'a' && point <= 'z')
        || (point >= 'A' && point <= 'Z')
        || (point >= '0' && point <= '9')
        || (point < 0x80 && PLAIN.indexOf(point) >= 0);
  }

  /** A path without {@code .} and {@code ..}; what stands behind the path stays as it is. */
  private static String withoutDots(String reference) {
    String path = reference.split("[?#]", 2)[0];
    String rest = reference.substring(path.length());
    Deque<String> kept = new ArrayDeque<>();
    String[] steps = path.replace('\\', '/').substring(1).split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      boolean isLast = i == steps.length - 1;
      boolean isUp = steps[i].equals("..");
      if (isUp && !kept.isEmpty()) {
        kept.removeLast();
      }
      if (!isUp && !steps[i].equals(".")) {
        kept.add(steps[i]);
      } else if (isLast) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept) + rest;
  }
}
