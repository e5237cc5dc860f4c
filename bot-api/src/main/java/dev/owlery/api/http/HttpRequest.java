package dev.owlery.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client asked. Belongs to the thread that answers it. */
public interface HttpRequest {

  /**
   * The method.
   *
   * @return in capitals
   */
  String method();

  /**
   * The path as the client wrote it, without the query.
   *
   * @return begins with {@code /}
   */
  String path();

  /**
   * A named part of the route's path.
   *
   * @param name its name
   * @return the part, decoded
   * @throws IllegalArgumentException if the route has no such part
   */
  String part(String name);

  /**
   * The query.
   *
   * @return decoded values by name
   */
  Map<String, List<String>> query();

  /**
   * A header's first value.
   *
   * @param name in any case
   * @return the value
   */
  Optional<String> header(String name);

  /**
   * Who asks.
   *
   * @return the client's numeric address; behind a trusted reverse proxy the one that the proxy
   *     names
   */
  String remote();

  /**
   * The whole body.
   *
   * @param limit how many bytes are read at most
   * @return the bytes
   * @throws BodyTooLongException if there are more; let it pass, the client gets a 413
   * @throws IOException if the client goes away, or if the bodies of requests that have proven
   *     nothing hold too much memory already; let it pass, the client gets a 400 or a 503
   */
  byte[] body(int limit) throws IOException;

  /**
   * The body as a stream, without a limit of ours.
   *
   * @return the stream; reading may block
   */
  InputStream stream();

  /**
   * Notes that the path or the headers have proven who asks: from now on the body does not count
   * for what strangers may make the bot hold. Call it before {@link #body} if nothing else is to be
   * checked, such as a signature of the body.
   */
  default void proven() {}

  /**
   * Leaves an audit line: the request does not prove what it claims, for example by a signature, a
   * token or a secret, and the handler will not do what it asks. The line names the route, never
   * the path, the headers or the body.
   *
   * @param reason the rule that decided, in one line; nothing from the request
   */
  default void refused(String reason) {}

  /** The body is longer than the route reads. */
  final class BodyTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Says so.
     *
     * @param limit the limit in bytes
     */
    public BodyTooLongException(int limit) {
      super("the body is longer than " + limit + " bytes");
    }
  }
}
