package dev.owlery.api.http;

import dev.owlery.api.http.HttpReply.Body;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that clients keep rather than show, and fetch in parts if they like. What it holds may be
 * hostile: a browser that opens it nevertheless runs nothing in it.
 *
 * @param name what it is called; any text
 * @param size in bytes
 * @param tag says whether it is still the same: an entity tag without its quotes (RFC 9110, section
 *     8.8.3)
 * @param modified when it was changed last, if that is to be known
 */
public record Download(String name, long size, String tag, Optional<Instant> modified) {

  /** Programs that look at every link that is written somewhere. */
  private static final Pattern CURIOUS =
      Pattern.compile(
          "(?i)bot\\b|bot-|crawler|spider|preview|unfurl|embed|facebookexternalhit|whatsapp");

  /**
   * Whether a request comes from a program that makes previews of links, rather than from somebody
   * who wants the file. Such a request must not use up a link that is good once.
   *
   * @param request the request
   * @return what its {@code User-Agent} says
   */
  public static boolean isPreview(HttpRequest request) {
    return request.header("User-Agent").filter(agent -> CURIOUS.matcher(agent).find()).isPresent();
  }

  /**
   * Which bytes a request wants. A part of another version ({@code If-Range}) is taken for the
   * whole.
   *
   * @param request the request
   * @return to be given to {@link #reply}
   */
  public ByteRange range(HttpRequest request) {
    boolean isSame = request.header("If-Range").map(quoted()::equals).orElse(true);
    return ByteRange.of(request.header("Range").filter(asked -> isSame), size);
  }

  private String quoted() {
    return '"' + tag + '"';
  }

  /**
   * Answers a request for some of it.
   *
   * @param range what is wanted
   * @param body writes exactly those bytes; not called for a range beyond the file
   * @return 200, 206 or 416, with all headers
   */
  public HttpReply reply(ByteRange range, Body body) {
    if (range.kind() == ByteRange.Kind.BEYOND) {
      return HttpReply.text(416, "there are no such bytes\n")
          .with("Content-Range", "bytes */" + size);
    }
    Map<String, String> headers = headers(name, "application/octet-stream");
    headers.put("Content-Length", Long.toString(range.length()));
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", quoted());
    modified.ifPresent(time -> headers.put("Last-Modified", date(time)));
    if (range.kind() == ByteRange.Kind.WHOLE) {
      return new HttpReply(200, headers, body);
    }
    headers.put("Content-Range", "bytes " + range.from() + "-" + (range.end() - 1) + "/" + size);
    return new HttpReply(206, headers, body);
  }

  /**
   * Answers a request for something whose length nobody knows before it is written.
   *
   * @param name what it is called; any text
   * @param type its media type
   * @param body writes it
   * @return 200, with all headers
   */
  public static HttpReply stream(String name, String type, Body body) {
    Map<String, String> headers = headers(name, type);
    headers.put("Accept-Ranges", "none");
    return new HttpReply(200, headers, body);
  }

  private static Map<String, String> headers(String name, String type) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("Content-Disposition", disposition(name));
    headers.put("Cache-Control", "private, no-store");
    headers.put("Content-Security-Policy", "sandbox; default-src 'none'");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Robots-Tag", "noindex");
    return headers;
  }

  /** The name for old clients, then for all others (RFC 6266, sections 4.3 and appendix D). */
  private static String disposition(String name) {
    return "attachment; filename=\""
        + name.replaceAll("[^ -~]|[\"\\\\%]", "_")
        + "\"; filename*=UTF-8''"
        + encoded(name);
  }

  /**
   * A name as part of an address.
   *
   * @param name any text
   * @return percent-encoded UTF-8, fit for one part of a path
   */
  public static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }
}
