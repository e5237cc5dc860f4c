package dev.owlery.plugins.filerelay;

import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is offered as links, and the routes that serve it. Any thread. */
final class LinkRoutes {

  private static final String PATH = "/transfer/{token}";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");
  private static final int PIECE = 64 << 10;
  private static final int LONGEST_RECEIPT = 1_024;

  private final Http http;
  private final Map<String, Offer> offers = new ConcurrentHashMap<>();
  private boolean routed;
  private boolean impossible;

  LinkRoutes(Http http) {
    this.http = http;
  }

  /** Opens the routes, once; false if there is no listener. */
  synchronized boolean open() {
    if (!routed && !impossible) {
      try {
        Http.Route _ = http.route("GET", PATH, this::get);
        Http.Route _ = http.route("POST", PATH, this::post);
        routed = true;
      } catch (IllegalStateException noListener) {
        impossible = true;
      }
    }
    return routed;
  }

  /** Offers a file until the offer is closed. */
  Offer offer(String token, OutgoingFile file, FileSource source) {
    Offer offer = new Offer(token, file, source);
    offers.put(token, offer);
    return offer;
  }

  private HttpReply get(HttpRequest request) {
    Offer offer = offers.get(request.part("token"));
    if (offer == null) {
      return HttpReply.text(404, "this link is not good, or not any more\n");
    }
    long size = offer.file.size();
    long from = 0;
    long until = size;
    Optional<String> range = request.header("Range");
    if (range.isPresent()) {
      Matcher asked = RANGE.matcher(range.get());
      if (!asked.matches() || Long.parseLong(asked.group(1)) >= size) {
        return HttpReply.text(416, "there are no such bytes\n")
            .with("Content-Range", "bytes */" + size);
      }
      from = Long.parseLong(asked.group(1));
      until = asked.group(2) == null ? size : Math.min(size, Long.parseLong(asked.group(2)) + 1);
    }
    boolean byBot = request.header(LinkFetcher.BOT).isPresent();
    boolean fetched = request.method().equals("GET") && until == size && !byBot;
    return reply(offer, from, until, fetched, range.isPresent());
  }

  private static HttpReply reply(
      Offer offer, long from, long until, boolean ends, boolean partial) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/octet-stream");
    headers.put("Content-Length", Long.toString(Math.max(0, until - from)));
    headers.put("Accept-Ranges", "bytes");
    headers.put("Cache-Control", "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("ETag", "\"" + offer.file.sha256() + "\"");
    headers.put("Content-Disposition", disposition(offer.file.name()));
    if (partial) {
      headers.put("Content-Range", "bytes " + from + "-" + (until - 1) + "/" + offer.file.size());
    }
    return new HttpReply(
        partial ? 206 : 200,
        headers,
        out -> {
          offer.write(out, from, until);
          if (ends) {
            offer.end(Optional.empty());
          }
        });
  }

  private static String disposition(String name) {
    String plain = name.replaceAll("[^ !#-\\[\\]-~]", "_");
    String coded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + coded;
  }

  private HttpReply post(HttpRequest request) throws IOException {
    Offer offer = offers.get(request.part("token"));
    if (offer == null) {
      return HttpReply.text(404, "this link is not good, or not any more\n");
    }
    String text = new String(request.body(LONGEST_RECEIPT), StandardCharsets.UTF_8).strip();
    if (text.equals("received " + offer.file.sha256())) {
      offer.end(Optional.empty());
      return HttpReply.of(204);
    }
    if (text.startsWith("refused ")) {
      offer.end(Optional.of(line(text.substring("refused ".length()))));
      return HttpReply.of(204);
    }
    return HttpReply.text(400, "neither a receipt nor a refusal\n");
  }

  private static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return line.length() <= 200 ? line : line.substring(0, 200);
  }

  /** A file that can be fetched until this is closed. */
  final class Offer implements AutoCloseable {
    private final String token;
    private final OutgoingFile file;
    private final FileSource source;
    private final CompletableFuture<Optional<String>> ended = new CompletableFuture<>();

    private Offer(String token, OutgoingFile file, FileSource source) {
      this.token = token;
      this.file = file;
      this.source = source;
    }

    private void write(OutputStream out, long from, long until) throws IOException {
      if (from >= until) {
        return;
      }
      try (InputStream in = source.from(from)) {
        if (until == file.size()) {
          long _ = in.transferTo(out);
          return;
        }
        for (long left = until - from; left > 0; ) {
          byte[] piece = in.readNBytes((int) Math.min(left, PIECE));
          out.write(piece);
          left -= piece.length;
        }
      }
    }

    private void end(Optional<String> refusal) {
      ended.complete(refusal);
    }

    /** Waits until it was fetched; the refusal if it was refused. */
    Optional<String> await(Duration patience) throws InterruptedException {
      try {
        return ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException late) {
        return Optional.of("nobody has fetched it");
      } catch (ExecutionException never) {
        throw new IllegalStateException(never);
      }
    }

    @Override
    public void close() {
      offers.remove(token, this);
    }
  }
}
