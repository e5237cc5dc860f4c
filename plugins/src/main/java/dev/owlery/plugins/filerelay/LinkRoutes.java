package dev.owlery.plugins.filerelay;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.http.ByteRange;
import dev.owlery.api.http.Download;
import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest;
import java.io.EOFException;
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
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is offered as links, and the routes that serve it. A link that was told is good until its
 * transfer has ended, although between attempts, and while the bot starts, nothing is there to be
 * fetched: then whoever asks is told to come again. Any thread.
 */
final class LinkRoutes {

  private static final String PATH = "/transfer/{token}";
  private static final int PIECE = 64 << 10;
  private static final int LONGEST_RECEIPT = 1_024;
  private static final Duration CERTAIN = Duration.ofSeconds(20);

  private final Http http;
  private final Map<String, Offer> offers = new ConcurrentHashMap<>();

  /** By token, what completes when nothing more is to come of a link. */
  private final Map<String, CompletableFuture<Void>> told = new ConcurrentHashMap<>();

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

  /** From now on a token is good. */
  void expect(String token) {
    var _ = told.putIfAbsent(token, new CompletableFuture<>());
  }

  /** A token is good no more: how its transfer has ended is written down. */
  void forget(String token) {
    CompletableFuture<Void> over = told.remove(token);
    if (over != null) {
      over.complete(null);
    }
  }

  /** Offers a file under an expected token, until the offer is closed. */
  Offer offer(String token, OutgoingFile file, FileSource source) {
    Offer offer = new Offer(token, file, source);
    offers.put(token, offer);
    return offer;
  }

  /** Who was offered a file says that it will not have it. */
  void refused(Conversation by, FailureLine failure) {
    offers.values().stream()
        .filter(offer -> by.isDirect() && offer.file.to().equals(by))
        .filter(offer -> offer.file.sha256().equals(failure.sha256()))
        .forEach(offer -> offer.end(Optional.of(line(failure.reason()))));
  }

  private HttpReply get(HttpRequest request) {
    String token = request.part("token");
    Offer offer = offers.get(token);
    if (offer == null) {
      return absent(token);
    }
    if (Download.isPreview(request)) {
      return HttpReply.text(403, "this link is not for previews\n");
    }
    OutgoingFile file = offer.file;
    Download download = new Download(file.name(), file.size(), file.sha256(), Optional.empty());
    ByteRange range = download.range(request);
    boolean byPerson = request.header(LinkFetcher.BOT).isEmpty();
    return download.reply(
        range,
        out -> {
          offer.write(out, range.from(), range.end());
          if (byPerson && range.end() == file.size() && offer.isFetched()) {
            offer.end(Optional.empty());
          }
        });
  }

  private HttpReply absent(String token) {
    return told.containsKey(token)
        ? later("this link is not ready yet\n")
        : HttpReply.text(410, "this link is not good, or not any more\n");
  }

  private static HttpReply later(String why) {
    return HttpReply.text(503, why).with("Retry-After", "1");
  }

  private HttpReply post(HttpRequest request) throws IOException {
    String token = request.part("token");
    Offer offer = offers.get(token);
    CompletableFuture<Void> over = told.get(token);
    if (offer == null || over == null) {
      return absent(token);
    }
    String text = new String(request.body(LONGEST_RECEIPT), StandardCharsets.UTF_8).strip();
    if (text.equals("received " + offer.file.sha256())) {
      offer.end(Optional.empty());
    } else if (text.startsWith("refused ")) {
      offer.end(Optional.of(line(text.substring("refused ".length()))));
    } else {
      return HttpReply.text(400, "neither a receipt nor a refusal\n");
    }
    return answered(over);
  }

  /** Whoever is thanked does not tell it again: not before a crash cannot make us forget it. */
  private static HttpReply answered(CompletableFuture<Void> over) {
    try {
      var _ = over.get(CERTAIN.toMillis(), TimeUnit.MILLISECONDS);
      return HttpReply.of(204);
    } catch (TimeoutException late) {
      return later("this is not written down yet\n");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return later("this bot stops\n");
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
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

    /** Up to where all was fetched at least once; what was before a restart nobody knows. */
    private final AtomicLong fetched;

    private Offer(String token, OutgoingFile file, FileSource source) {
      this.token = token;
      this.file = file;
      this.source = source;
      this.fetched = new AtomicLong(file.attempt() == 1 ? 0 : file.size());
    }

    private void write(OutputStream out, long from, long until) throws IOException {
      if (from >= until) {
        return;
      }
      try (InputStream in = source.from(from)) {
        for (long at = from; at < until; ) {
          byte[] piece = in.readNBytes((int) Math.min(until - at, PIECE));
          if (piece.length == 0) {
            throw new EOFException("the copy in the spool is too short");
          }
          out.write(piece);
          reached(at, at + piece.length);
          at += piece.length;
        }
      }
    }

    private void reached(long from, long until) {
      fetched.updateAndGet(before -> from <= before ? Math.max(before, until) : before);
    }

    private boolean isFetched() {
      return fetched.get() == file.size();
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
