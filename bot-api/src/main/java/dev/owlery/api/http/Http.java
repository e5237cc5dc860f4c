package dev.owlery.api.http;

import java.net.URI;

/**
 * The bot's one HTTP listener. It begins to listen when the first route appears. Every method may
 * be called from any thread.
 */
public interface Http {

  /**
   * Answers requests. A plugin's routes end with it.
   *
   * @param method {@code GET}, {@code POST} and so on; {@code GET} also answers {@code HEAD}
   * @param path begins with {@code /}; a part in braces stands for any one part and is named:
   *     {@code /hooks/{name}}
   * @param handler called on a virtual thread for each request, in parallel; may block
   * @return ends the route
   * @throws IllegalArgumentException if the path is malformed or taken; the text is fit for a user
   * @throws IllegalStateException if the configuration has no {@code http} block, or its port
   *     cannot be opened; the text is fit for a user
   */
  Route route(String method, String path, HttpHandler handler);

  /**
   * How the listener is reached from outside.
   *
   * @return the configuration's {@code http.public-url}, or else the address that it listens on;
   *     ends with {@code /}
   * @throws IllegalStateException if the configuration has no {@code http} block
   */
  URI address();

  /** A route. */
  interface Route extends AutoCloseable {

    /** Ends it; requests that are being answered go on. */
    @Override
    void close();
  }
}
