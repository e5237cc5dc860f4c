package dev.owlery.plugins.feeds;

import dev.owlery.api.http.AddressBlock;
import dev.owlery.api.http.RetryAfter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.GzipSource;
import okio.Source;

/**
 * Fetches documents from addresses that strangers choose. A host is looked up once for each
 * request, every address found is checked, and only those are connected to, so that a name cannot
 * lead elsewhere between the check and the connection; redirects begin anew. The request and TLS
 * keep the host's name. Waits; any thread.
 */
final class Fetcher implements AutoCloseable {
  private static final int REDIRECTS = 5;
  private static final int PIECE = 8_192;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
  private static final ByteString GZIP = ByteString.of((byte) 0x1f, (byte) 0x8b);
  private static final String AGENT = "Owlery (feed reader)";
  private static final String ACCEPT =
      "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9,"
          + " application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";

  private final Resolver resolver;
  private final Clock clock;
  private final List<AddressBlock> allowed;
  private final Duration patience;
  private final int longest;
  private final OkHttpClient client;

  /** Looks up hosts. */
  @FunctionalInterface
  interface Resolver {
    /** All addresses of a host; an address stands for itself. */
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }

  Fetcher(FeedsSettings settings, Resolver resolver, Clock clock) {
    this.resolver = resolver;
    this.clock = clock;
    this.allowed =
        settings.allow().stream().map(AddressBlock::of).flatMap(Optional::stream).toList();
    this.patience = settings.patience();
    this.longest = settings.longest();
    this.client =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .protocols(List.of(Protocol.HTTP_1_1))
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .connectTimeout(settings.patience())
            .readTimeout(settings.patience())
            .writeTimeout(settings.patience())
            .build();
  }

  /**
   * Fetches a document.
   *
   * @param url where it is
   * @param tag the entity tag of what is known; may be empty
   * @param modified the date of what is known; may be empty
   * @throws FeedUnavailable if it cannot be had
   */
  FetchedDocument fetch(URI url, String tag, String modified) throws FeedUnavailable {
    long end = System.nanoTime() + patience.toNanos();
    HttpUrl at = web(HttpUrl.parse(url.toString()));
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      List<InetAddress> addresses = checked(at.host(), left(end));
      Request request = request(at, tag, modified);
      OkHttpClient pinned = client.newBuilder().dns(_ -> addresses).callTimeout(left(end)).build();
      try (Response response = pinned.newCall(request).execute()) {
        String target = response.header("Location");
        if (!isRedirect(response.code()) || target == null) {
          return answer(response, at);
        }
        at = web(at.resolve(target));
      } catch (InterruptedIOException late) {
        throw new FeedUnavailable("it took longer than " + patience.toSeconds() + " s");
      } catch (UnknownHostException unknown) {
        throw new FeedUnavailable("its host is not known");
      } catch (SSLException untrusted) {
        throw new FeedUnavailable("its certificate is not to be trusted, or TLS failed otherwise");
      } catch (IOException lost) {
        throw new FeedUnavailable("there was no answer, or no whole one");
      }
    }
    throw new FeedUnavailable("it led on more than " + REDIRECTS + " times");
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static HttpUrl web(@org.jspecify.annotations.Nullable HttpUrl url)
      throws FeedUnavailable {
    if (url == null || !url.username().isEmpty() || !url.password().isEmpty()) {
      throw new FeedUnavailable("it leads to something that is no address of the web");
    }
    return url;
  }

  private Duration left(long end) throws FeedUnavailable {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (left.toMillis() < 1) {
      throw new FeedUnavailable("it took longer than " + patience.toSeconds() + " s");
    }
    return left;
  }

  private List<InetAddress> checked(String host, Duration wait) throws FeedUnavailable {
    List<InetAddress> addresses = lookUp(host, wait);
    if (addresses.isEmpty()) {
      throw new FeedUnavailable("its host is not known");
    }
    for (InetAddress address : addresses) {
      if (!AddressBlock.admits(address, allowed)) {
        throw new FeedUnavailable("its address is not public (see plugin.feeds.allow)");
      }
    }
    return List.copyOf(addresses);
  }

  /** The system's resolver knows no deadline: whoever waits has one. */
  private List<InetAddress> lookUp(String host, Duration wait) throws FeedUnavailable {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("feeds-lookup")
        .start(() -> {
          try {
            found.complete(resolver.addresses(host));
          } catch (UnknownHostException unknown) {
            found.complete(List.of());
          }
        });
    try {
      return found.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new FeedUnavailable("its name could not be looked up in time");
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new FeedUnavailable("the bot stops");
    }
  }

  private static Request request(HttpUrl at, String tag, String modified) {
    Request.Builder request =
        new Request.Builder().url(at).header("User-Agent", AGENT).header("Accept", ACCEPT);
    if (!tag.isEmpty()) {
      request.header("If-None-Match", tag);
    }
    if (!modified.isEmpty()) {
      request.header("If-Modified-Since", modified);
    }
    return request.build();
  }

  private FetchedDocument answer(Response response, HttpUrl at)
      throws IOException, FeedUnavailable {
    int status = response.code();
    if (status == 304) {
      return new FetchedDocument(false, at.uri(), "", ByteString.EMPTY, "", "");
    }
    if (status != 200) {
      throw new FeedUnavailable(
          status == 410 ? "it is gone for good (status 410)" : "the server says " + status,
          pause(response));
    }
    ResponseBody body = response.body();
    return new FetchedDocument(
        true,
        at.uri(),
        header(response, "Content-Type"),
        body == null ? ByteString.EMPTY : read(body.source()),
        header(response, "ETag"),
        header(response, "Last-Modified"));
  }

  private static String header(Response response, String name) {
    String value = response.header(name);
    return value == null || value.length() > 500 ? "" : value;
  }

  private Duration pause(Response response) {
    return RetryAfter.read(header(response, "Retry-After"), clock.instant(), LONGEST_PAUSE)
        .orElse(Duration.ZERO);
  }

  /** Counts what it is after decompression, which some servers do not say in the head. */
  private ByteString read(BufferedSource source) throws IOException, FeedUnavailable {
    boolean isZipped = source.request(2) && source.getBuffer().snapshot(2).equals(GZIP);
    Source plain = isZipped ? new GzipSource(source) : source;
    Buffer all = new Buffer();
    while (plain.read(all, PIECE) != -1) {
      if (all.size() > longest) {
        throw new FeedUnavailable("it is longer than " + longest + " bytes");
      }
    }
    return all.readByteString();
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
  }
}
