package dev.owlery.testkit;

import dev.owlery.api.http.HttpReply;
import dev.owlery.core.http.HttpListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP without a network: requests go to the routes of plugins and adapters at once. Every method
 * may be called from any thread.
 */
public final class FakeHttp implements HttpListener {

  private static final URI ADDRESS = URI.create("http://bot.test/");

  private volatile Optional<Answerer> answerer = Optional.empty();
  private Optional<HttpListener> tenant = Optional.empty();

  /** Nobody answers yet. */
  public FakeHttp() {}

  @Override
  public void open(Answerer first) {
    answerer = Optional.of(first);
  }

  @Override
  public URI address() {
    return ADDRESS;
  }

  @Override
  public void close() {
    answerer = Optional.empty();
  }

  /**
   * The port for one start of a bot. What a bot that dies slowly, in the background, does with its
   * own makes no difference once another has been started.
   *
   * @return for {@code Engine.listen}
   */
  synchronized HttpListener lease() {
    HttpListener fresh =
        new HttpListener() {
          @Override
          public void open(Answerer first) {
            ifPresent(this, () -> FakeHttp.this.open(first));
          }

          @Override
          public URI address() {
            return ADDRESS;
          }

          @Override
          public void close() {
            ifPresent(this, FakeHttp.this::close);
          }
        };
    tenant = Optional.of(fresh);
    return fresh;
  }

  private synchronized void ifPresent(HttpListener asking, Runnable what) {
    if (tenant.equals(Optional.of(asking))) {
      what.run();
    }
  }

  /**
   * Whether the port is open, as it is from the first route on.
   *
   * @return false as long as there was no route
   */
  public boolean isOpen() {
    return answerer.isPresent();
  }

  /**
   * Begins a request.
   *
   * @param method {@code GET}, {@code POST} and so on
   * @param target the path, with the query if there is one
   * @return the request, not sent yet
   */
  public Request request(String method, String target) {
    return new Request(this, method, target, Map.of(), ByteBuffer.allocate(0), "192.0.2.1");
  }

  /**
   * Asks for something.
   *
   * @param target the path, with the query if there is one
   * @return the answer
   */
  public Reply get(String target) {
    return request("GET", target).send();
  }

  /**
   * Posts JSON.
   *
   * @param target the path, with the query if there is one
   * @param json the body
   * @return the answer
   */
  public Reply post(String target, String json) {
    return request("POST", target)
        .header("Content-Type", "application/json")
        .body(json.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  /**
   * An answer, with its body written out.
   *
   * @param status the status code
   * @param headers by name
   * @param body its bytes, from the first to the last
   */
  public record Reply(int status, Map<String, String> headers, ByteBuffer body) {

    /**
     * The body as text.
     *
     * @return read as UTF-8
     */
    public String text() {
      return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }
  }

  /**
   * A request that is being put together. Immutable.
   *
   * @param http where it goes
   * @param method in capitals
   * @param target the path, with the query if there is one
   * @param headers by name in lower case
   * @param body its bytes, from the first to the last
   * @param remote the client's address
   */
  public record Request(
      FakeHttp http,
      String method,
      String target,
      Map<String, String> headers,
      ByteBuffer body,
      String remote) {

    /**
     * The same with a header.
     *
     * @param name its name
     * @param value its value
     * @return the request
     */
    public Request header(String name, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(name.toLowerCase(Locale.ROOT), value);
      return new Request(http, method, target, more, body, remote);
    }

    /**
     * The same with a body.
     *
     * @param bytes its bytes
     * @return the request
     */
    public Request body(byte[] bytes) {
      return new Request(http, method, target, headers, ByteBuffer.wrap(bytes.clone()), remote)
          .header("Content-Length", Integer.toString(bytes.length));
    }

    /**
     * The same from somebody else.
     *
     * @param address a numeric address
     * @return the request
     */
    public Request from(String address) {
      return new Request(http, method, target, headers, body, address);
    }

    /**
     * Sends it and waits for the answer, {@link BotScenario#DEADLINE} at most.
     *
     * @return the answer
     * @throws AssertionError if nobody listens, or there is no answer
     */
    public Reply send() {
      Answerer answerer =
          http.answerer.orElseThrow(() -> new AssertionError("nobody listens: there is no route"));
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      Thread.ofVirtual().name("http").start(() -> answer(answerer, reply));
      try {
        return reply.get(BotScenario.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new AssertionError("no whole answer to " + method + " " + target, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    private void answer(Answerer answerer, CompletableFuture<Reply> reply) {
      int mark = target.indexOf('?');
      HttpReply made =
          answerer.answer(
              new IncomingRequest(
                  method,
                  mark < 0 ? target : target.substring(0, mark),
                  mark < 0 ? "" : target.substring(mark + 1),
                  name -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))),
                  remote,
                  new ByteArrayInputStream(bytes(body))));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        made.body().writeTo(out);
        reply.complete(
            new Reply(made.status(), made.headers(), ByteBuffer.wrap(out.toByteArray())));
      } catch (IOException e) {
        reply.completeExceptionally(e);
      }
    }

    private static byte[] bytes(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
  }
}
