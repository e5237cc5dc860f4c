package dev.owlery.plugins.filerelay;

import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.api.http.AddressBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Fetches offered files, from addresses that others name: each address found for the host is
 * checked, and only those are connected to; there are no redirects. Waits; any thread.
 */
final class LinkFetcher implements AutoCloseable {

  /** By this a bot's request is told from a person's. */
  static final String BOT = "X-Owlery-Transfer";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PIECE = 64 << 10;

  private final List<AddressBlock> allowed;
  private final OkHttpClient client;

  LinkFetcher(List<String> allowed) {
    this.allowed = allowed.stream().map(AddressBlock::of).flatMap(Optional::stream).toList();
    this.client =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .protocols(List.of(Protocol.HTTP_1_1))
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .connectTimeout(PATIENCE)
            .readTimeout(PATIENCE)
            .writeTimeout(PATIENCE)
            .dns(this::checked)
            .build();
  }

  private List<InetAddress> checked(String host) throws UnknownHostException {
    List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
    for (InetAddress address : addresses) {
      check(address);
    }
    return addresses;
  }

  private void check(InetAddress address) throws UnknownHostException {
    if (!AddressBlock.admits(address, allowed)) {
      throw new ForbiddenHostException();
    }
  }

  /** Fetches what the sink does not have yet. */
  void fetch(URI link, FileSink sink) throws IOException, InterruptedException {
    long offset = sink.offset();
    Request.Builder request = request(link).header(BOT, "1");
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    try (Response response = call(request.build())) {
      switch (response.code()) {
        case 200 -> copy(response, sink, 0);
        case 206 -> copy(response, sink, offset);
        case 416 -> sink.from(offset).close();
        case 410 -> throw new TransferException(Reason.REFUSED, "the link is not good any more");
        default -> throw new IOException("the link answers with status " + response.code());
      }
    }
  }

  private static void copy(Response response, FileSink sink, long offset)
      throws IOException, InterruptedException {
    String range = response.header("Content-Range", "");
    if (offset > 0 && (range == null || !range.startsWith("bytes " + offset + "-"))) {
      throw new IOException("the link answers with other bytes than were asked for");
    }
    byte[] piece = new byte[PIECE];
    ResponseBody body = response.body();
    if (body == null) {
      throw new IOException("the link answers with nothing");
    }
    try (InputStream in = body.byteStream();
        OutputStream out = sink.from(offset)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        out.write(piece, 0, count);
      }
    }
  }

  /**
   * Tells the other side what became of its file.
   *
   * @throws TransferException if it never will hear
   * @throws IOException if it does not hear now
   */
  void tell(URI link, String text) throws IOException {
    Request request =
        request(link).post(RequestBody.create(text, MediaType.get("text/plain"))).build();
    try (Response response = call(request)) {
      switch (response.code()) {
        case 200, 204 -> {} // heard
        case 400, 410 -> throw new TransferException(Reason.REFUSED, "the link is not good");
        default -> throw new IOException("the answer has status " + response.code());
      }
    }
  }

  private Response call(Request request) throws IOException {
    try {
      return client.newCall(request).execute();
    } catch (ForbiddenHostException forbidden) {
      throw notPublic();
    }
  }

  private static TransferException notPublic() {
    return new TransferException(
        Reason.REFUSED, "the link's address is not public (see plugin.file-relay.links.allow)");
  }

  private Request.Builder request(URI link) throws IOException {
    HttpUrl url = HttpUrl.parse(link.toString());
    if (url == null || !url.username().isEmpty() || !url.password().isEmpty()) {
      throw new TransferException(Reason.REFUSED, "the link is no address of the web");
    }
    if (url.host().matches("[0-9.]+|.*:.*")) { // an address is not looked up by the client
      try {
        checked(url.host());
      } catch (ForbiddenHostException forbidden) {
        throw notPublic();
      }
    }
    return new Request.Builder().url(url).header("User-Agent", "Owlery (files)");
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
  }

  /** An address that is not public and not allowed. */
  private static final class ForbiddenHostException extends UnknownHostException {
    private static final long serialVersionUID = 1L;
  }
}
