package dev.owlery.plugins.filerelay;

import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.http.ByteRange;
import dev.owlery.api.http.Download;
import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is offered as links, and the routes that serve it. Any thread. */
final class LinkRoutes {

  private static final String PATH = "/transfer/{token}";
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
    if (Download.isPreview(request)) {
      return HttpReply.text(403, "this link is not for previews\n");
    }
    OutgoingFile file = offer.file;
    Download download = new Download(file.name(), file.size(), file.sha256(), Optional.empty());
    ByteRange range = download.range(request);
    boolean ends =
        request.method().equals("GET")
            && range.end() == file.size()
            && request.header(LinkFetcher.BOT).isEmpty();
    return download.reply(
        range,
        out -> {
          offer.write(out, range.from(), range.end());
          if (ends) {
            offer.end(Optional.empty());
          }
        });
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
