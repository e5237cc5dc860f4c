package dev.owlery.plugins.share;

import dev.owlery.api.folder.FolderEntry;
import dev.owlery.api.folder.SafeFile;
import dev.owlery.api.folder.SafeFolder;
import dev.owlery.api.folder.SafeName;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Answers the requests for links. */
final class Delivery {

  private static final int PIECE = 64 * 1024;

  /** Programs that look at every link that is written somewhere: they do not use one up. */
  private static final Pattern CURIOUS =
      Pattern.compile(
          "(?i)bot\\b|bot-|crawler|spider|preview|unfurl|embed|facebookexternalhit|whatsapp");

  private final Map<String, ShareSettings.Folder> folders;
  private final ShareBook book;
  private final Clock clock;

  Delivery(Map<String, ShareSettings.Folder> folders, ShareBook book, Clock clock) {
    this.folders = folders;
    this.book = book;
    this.clock = clock;
  }

  /**
   * Answers one request.
   *
   * @throws IOException never: a file that cannot be read is an answer
   */
  HttpReply answer(HttpRequest request) throws IOException {
    String hash = Token.hash(request.part("token"));
    Optional<Share> found = book.find(hash);
    if (found.isEmpty()) {
      return HttpReply.text(404, "there is nothing here\n");
    }
    Share share = found.get();
    if (share.until() <= clock.millis()) {
      return gone("this link has expired");
    }
    if (request.header("User-Agent").filter(agent -> CURIOUS.matcher(agent).find()).isPresent()) {
      return HttpReply.text(403, "this link is not for previews\n");
    }
    ShareSettings.Folder settings = folders.get(share.folder());
    if (settings == null) {
      return gone("this is not shared any more");
    }
    try {
      SafeFolder folder = SafeFolder.open(settings.path());
      return share.isFolder()
          ? folder(request, hash, share, folder)
          : file(request, hash, share, folder);
    } catch (IOException notThere) {
      return gone("this is not there any more");
    }
  }

  private HttpReply file(HttpRequest request, String hash, Share share, SafeFolder folder)
      throws IOException {
    FolderEntry entry = folder.look(share.path());
    if (entry.isFolder() || !Share.print(entry).equals(share.print())) {
      return gone("the file has changed since it was shared");
    }
    boolean current = request.header("If-Range").map(tag -> tag.equals(share.tag())).orElse(true);
    RangeHeader range =
        RangeHeader.of(request.header("Range").filter(asked -> current), share.size());
    Map<String, String> headers = headers(share, "application/octet-stream");
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", share.tag());
    headers.put("Last-Modified", date(entry.modified()));
    return switch (range) {
      case RangeHeader.Beyond() ->
          HttpReply.text(416, "there is not so much of it\n")
              .with("Content-Range", "bytes */" + share.size());
      case RangeHeader.Whole() ->
          bytes(request, hash, folder, entry, 200, new Stretch(0, share.size()), headers);
      case RangeHeader.Part(Stretch part) -> {
        headers.put(
            "Content-Range", "bytes " + part.from() + "-" + (part.end() - 1) + "/" + share.size());
        yield bytes(request, hash, folder, entry, 206, part, headers);
      }
    };
  }

  private HttpReply bytes(
      HttpRequest request,
      String hash,
      SafeFolder folder,
      FolderEntry entry,
      int status,
      Stretch stretch,
      Map<String, String> headers) {
    headers.put("Content-Length", Long.toString(stretch.length()));
    if (request.method().equals("HEAD")) {
      return new HttpReply(status, headers, out -> {});
    }
    OptionalInt fetch = book.admit(hash, request.remote(), stretch.from());
    return fetch.isEmpty()
        ? gone("this link is used up")
        : new HttpReply(
            status, headers, out -> send(hash, fetch.getAsInt(), folder, entry, stretch, out));
  }

  /** What was sent last may not have left, if the client is gone: it does not count. */
  private void send(
      String hash,
      int fetch,
      SafeFolder folder,
      FolderEntry entry,
      Stretch stretch,
      OutputStream out)
      throws IOException {
    long at = stretch.from();
    long certain = at;
    byte[] buffer = new byte[PIECE];
    try (SafeFile file = folder.read(entry.path())) {
      if (!file.entry().isSame(entry)) {
        throw new IOException("the file was replaced");
      }
      InputStream in = file.from(at);
      while (at < stretch.end()) {
        int count = in.read(buffer, 0, (int) Math.min(PIECE, stretch.end() - at));
        if (count < 0 || book.isRevoked(hash)) {
          throw new IOException(count < 0 ? "the file became shorter" : "the link was revoked");
        }
        out.write(buffer, 0, count);
        certain = at;
        at += count;
      }
      out.flush();
      certain = at;
    } finally {
      book.sent(hash, fetch, new Stretch(stretch.from(), certain), false);
    }
  }

  private HttpReply folder(HttpRequest request, String hash, Share share, SafeFolder folder)
      throws IOException {
    Path top = Path.of(share.path());
    if (!folder.look(top).isFolder()) {
      return gone("this is not there any more");
    }
    String type = share.archive().equals(Archive.ZIP) ? "application/zip" : "application/gzip";
    Map<String, String> headers = headers(share, type);
    headers.put("Accept-Ranges", "none");
    if (request.method().equals("HEAD")) {
      return new HttpReply(200, headers, out -> {});
    }
    OptionalInt fetch = book.admit(hash, request.remote(), 0);
    if (fetch.isEmpty()) {
      return gone("this link is used up");
    }
    SafeName inside = SafeName.of(share.name().replaceAll("\\.(zip|tar\\.gz)$", ""));
    return new HttpReply(
        200,
        headers,
        out -> {
          Archive.write(share.archive(), folder, top, inside, new Revocable(hash, out));
          out.flush();
          book.sent(hash, fetch.getAsInt(), new Stretch(0, 0), true);
        });
  }

  /** Writes while the link holds. */
  private final class Revocable extends OutputStream {
    private final String hash;
    private final OutputStream out;

    Revocable(String hash, OutputStream out) {
      this.hash = hash;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (book.isRevoked(hash)) {
        throw new IOException("the link was revoked");
      }
      out.write(bytes, offset, length);
    }
  }

  private static HttpReply gone(String why) {
    return HttpReply.text(410, why + "\n");
  }

  private static Map<String, String> headers(Share share, String type) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put(
        "Content-Disposition",
        "attachment; filename=\""
            + share.name().replaceAll("[^ -~]|[\"\\\\%]", "_")
            + "\"; filename*=UTF-8''"
            + encoded(share.name()));
    headers.put("Cache-Control", "private, no-store");
    headers.put("Content-Security-Policy", "sandbox; default-src 'none'");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Robots-Tag", "noindex");
    return headers;
  }

  /** For addresses and headers. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }
}
