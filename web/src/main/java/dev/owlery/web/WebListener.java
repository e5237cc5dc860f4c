package dev.owlery.web;

import dev.owlery.core.http.HttpListener;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * The port. No class of Javalin or Jetty is loaded before it is opened: a bot without routes pays
 * nothing. Every method may be called from any thread.
 */
public final class WebListener implements HttpListener {

  private final HttpSettings settings;
  private final Limits limits;
  private Optional<WebServer> server = Optional.empty();

  /**
   * A port that is not open yet.
   *
   * @param settings where to listen
   */
  public WebListener(HttpSettings settings) {
    this(settings, Limits.USUAL);
  }

  WebListener(HttpSettings settings, Limits limits) {
    this.settings = settings;
    this.limits = limits;
  }

  @Override
  public synchronized void open(Answerer answerer) throws IOException {
    server = Optional.of(WebServer.start(settings, limits, answerer));
  }

  /**
   * The port that it listens on.
   *
   * @return the configured one; for 0, once it is open, the one that the system has chosen
   */
  public synchronized int port() {
    return server.map(WebServer::port).orElse(settings.port());
  }

  @Override
  public URI address() {
    String host = settings.host().indexOf(':') < 0 ? settings.host() : "[" + settings.host() + "]";
    return URI.create(settings.publicUrl().orElseGet(() -> "http://" + host + ":" + port() + "/"));
  }

  @Override
  public synchronized void close() {
    server.ifPresent(WebServer::close);
    server = Optional.empty();
  }
}
