package dev.owlery.web;

import dev.owlery.api.http.HttpReply;
import dev.owlery.core.http.HttpListener.Answerer;
import dev.owlery.core.http.HttpListener.IncomingRequest;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Javalin, as strict as it can be set, with one answer for everything: the answerer's. */
final class WebServer {

  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  private final Javalin javalin;
  private final Deadlines deadlines;
  private final Clients clients;
  private final ConnectionShares shares;
  private final Limits limits;
  private final Answerer answerer;

  private WebServer(HttpSettings settings, Limits limits, Answerer answerer) {
    this.clients = Clients.of(settings.trustedProxies());
    this.shares = new ConnectionShares(clients, settings.maxConnections());
    this.limits = limits;
    this.answerer = answerer;
    this.deadlines = new Deadlines(limits.head());
    this.javalin = Javalin.create(config -> configure(config, settings));
  }

  /**
   * Opens the port.
   *
   * @throws IOException if it cannot be opened; the text is fit for a user
   */
  static WebServer start(HttpSettings settings, Limits limits, Answerer answerer)
      throws IOException {
    WebServer server = new WebServer(settings, limits, answerer);
    try {
      server.javalin.start();
      return server;
    } catch (JavalinException e) {
      server.close();
      throw new IOException(
          "HTTP cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + (e instanceof JavalinBindException
                  ? ": the port is in use"
                  : ": " + e.getMessage()),
          e);
    }
  }

  int port() {
    return javalin.port();
  }

  void close() {
    deadlines.close();
    try {
      javalin.stop();
    } catch (JavalinException e) {
      log.info("requests that were being answered were cut off");
    }
  }

  private void configure(JavalinConfig config, HttpSettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    QueuedThreadPool threads = new QueuedThreadPool(12, 2);
    threads.setName("http");
    threads.setReservedThreads(0);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 1).factory()));
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(this::server);
    config.jetty.addConnector((server, http) -> connector(server, http, settings));
    config.routes.before(this::answer);
  }

  private void server(Server server) {
    server.setStopTimeout(limits.farewell().toMillis());
    server.setErrorHandler(WebServer::bareError);
  }

  private ServerConnector connector(Server server, HttpConfiguration http, HttpSettings settings) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(Limits.LONGEST_HEAD);
    http.setNotifyRemoteAsyncErrors(false);
    http.setHttpCompliance(HttpCompliance.STRICT);
    // A file's name may have a per cent sign; %252e is no dot, since nothing is decoded twice.
    http.setUriCompliance(
        UriCompliance.from(EnumSet.of(UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING)));
    http.addCustomizer(deadlines);
    http.addCustomizer(shares);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(limits.silence().toMillis());
    connector.addBean(deadlines);
    connector.addBean(shares);
    connector.addBean(new NetworkConnectionLimit(settings.maxConnections(), connector));
    return connector;
  }

  /** What is no proper HTTP gets a status and nothing about us. */
  private static boolean bareError(Request request, Response response, Callback callback) {
    String text = HttpStatus.getMessage(response.getStatus()) + "\n";
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    Content.Sink.write(response, true, text, callback);
    return true;
  }

  /**
   * The boundary to Javalin and Jetty, which would log the path of a request with what is thrown,
   * and in paths there are secrets.
   */
  private void answer(Context context) {
    context.skipRemainingHandlers();
    HttpServletResponse response = context.res();
    ServletContextRequest whole = ServletContextRequest.getServletContextRequest(context.req());
    try {
      answer(context.req(), response, whole);
    } catch (IOException gone) {
      breakOff(whole); // a body that ends early must not look whole
    } catch (Throwable fault) {
      log.error("a request could not be answered", fault);
      breakOff(whole);
    }
  }

  private void answer(
      HttpServletRequest request, HttpServletResponse response, ServletContextRequest whole)
      throws IOException {
    HttpReply reply = answerer.answer(incoming(request, whole));
    shares.served(whole);
    response.setContentType(null);
    response.setStatus(reply.status());
    response.setHeader("X-Content-Type-Options", "nosniff");
    reply.headers().forEach(response::setHeader);
    if (reply.headers().containsKey(HttpHeader.CONTENT_LENGTH.asString())) {
      endUnlessAllHasCome(whole, response); // what is written commits the head
    }
    PacedAnswer answer = new PacedAnswer(response.getOutputStream(), limits.answerGrace());
    deadlines.watch(whole, answer);
    reply.body().writeTo(answer);
    endUnlessAllHasCome(whole, response);
  }

  /** A client that is answered before its whole body has come must not send a request after it. */
  private static void endUnlessAllHasCome(Request request, HttpServletResponse response) {
    if (!response.isCommitted() && !request.consumeAvailable()) {
      response.setHeader(HttpHeader.CONNECTION.asString(), HttpHeaderValue.CLOSE.asString());
    }
  }

  private static void breakOff(Request request) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }

  private IncomingRequest incoming(HttpServletRequest request, ServletContextRequest whole)
      throws IOException {
    String query = request.getQueryString();
    return new IncomingRequest(
        request.getMethod(),
        request.getRequestURI(),
        query == null ? "" : query,
        name -> Optional.ofNullable(request.getHeader(name)),
        clients.client(
            request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For"))),
        new PacedBody(request.getInputStream(), limits.grace()),
        () -> shares.served(whole));
  }
}
