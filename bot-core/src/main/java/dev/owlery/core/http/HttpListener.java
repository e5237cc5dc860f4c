package dev.owlery.core.http;

import dev.owlery.api.http.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * A port that speaks HTTP; knows nothing of routes. Given to the engine, which opens it when the
 * first route appears and closes it when the bot stops.
 */
public interface HttpListener extends AutoCloseable {

  /**
   * Opens the port. Called at most once with success.
   *
   * @param answerer answers each request
   * @throws IOException if the port cannot be opened; the text is fit for a user
   */
  void open(Answerer answerer) throws IOException;

  /**
   * How it is reached from outside.
   *
   * @return ends with {@code /}; final once it is open
   */
  URI address();

  /** Accepts nothing more, gives requests that are being answered a second, and frees the port. */
  @Override
  void close();

  /** Answers requests. */
  @FunctionalInterface
  interface Answerer {

    /**
     * Answers one request. Called on a virtual thread for each; may block.
     *
     * @param incoming what was asked
     * @return the answer, whose body is then written on the same thread; for {@code HEAD} it writes
     *     nothing. Never throws
     */
    HttpReply answer(IncomingRequest incoming);
  }

  /**
   * A request as it came.
   *
   * @param method in capitals
   * @param path as the client wrote it, without the query
   * @param query as the client wrote it; empty if there is none
   * @param headers a header's first value, by its name in any case
   * @param remote the client's numeric address
   * @param body its bytes
   * @param proven to be run when the request has proven who makes it; from then on the listener
   *     does not end it to make room for others
   */
  record IncomingRequest(
      String method,
      String path,
      String query,
      Function<String, Optional<String>> headers,
      String remote,
      InputStream body,
      Runnable proven) {

    /**
     * A request of which nobody wants to know whether it proves who makes it.
     *
     * @param method in capitals
     * @param path as the client wrote it, without the query
     * @param query as the client wrote it; empty if there is none
     * @param headers a header's first value, by its name in any case
     * @param remote the client's numeric address
     * @param body its bytes
     */
    public IncomingRequest(
        String method,
        String path,
        String query,
        Function<String, Optional<String>> headers,
        String remote,
        InputStream body) {
      this(method, path, query, headers, remote, body, () -> {});
    }
  }
}
