package dev.owlery.core.plugin;

import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpHandler;
import dev.owlery.api.http.HttpReply;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The routes of one life of a plugin: they end with it. May be used from any thread. */
final class PluginRoutes implements Http, AutoCloseable {

  private final Http http;
  private final UnaryOperator<HttpHandler> guard;
  private final Set<Route> routes = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * No routes yet.
   *
   * @param http the engine's side
   * @param guard put around each handler
   */
  PluginRoutes(Http http, UnaryOperator<HttpHandler> guard) {
    this.http = http;
    this.guard = guard;
  }

  @Override
  public Route route(String method, String path, HttpHandler handler) {
    Route route = http.route(method, path, guard.apply(handler));
    Route own =
        new Route() {
          @Override
          public void close() {
            routes.remove(this);
            route.close();
          }
        };
    routes.add(own);
    if (closed) {
      own.close();
      throw new IllegalStateException("the plugin has ended");
    }
    return own;
  }

  @Override
  public URI address() {
    return http.address();
  }

  @Override
  public void close() {
    closed = true;
    routes.forEach(Route::close);
  }

  /** What is said in place of a plugin that is paused. */
  static HttpReply pausedReply() {
    return HttpReply.text(503, "this is paused\n");
  }
}
