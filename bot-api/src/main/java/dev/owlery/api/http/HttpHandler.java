package dev.owlery.api.http;

import java.io.IOException;

/** Answers the requests of a route. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Answers one request, on a virtual thread; may block.
   *
   * @param request what was asked
   * @return the answer
   * @throws IOException if reading fails; the client gets a 400
   */
  HttpReply handle(HttpRequest request) throws IOException;
}
