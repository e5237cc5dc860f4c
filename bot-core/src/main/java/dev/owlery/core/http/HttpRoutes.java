package dev.owlery.core.http;

import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpHandler;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.http.HttpRequest.BodyTooLongException;
import dev.owlery.core.http.HttpListener.IncomingRequest;
import dev.owlery.core.http.RouteTable.RouteEntry;
import dev.owlery.core.http.RouteTable.RouteMatch;
import dev.owlery.core.lane.Incidents;
import dev.owlery.spi.ByteBudget;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All routes of the bot. Opens the listener when the first one appears. Every method may be called
 * from any thread.
 *
 * <p>The log names the routes, never the paths: a path may hold a secret.
 */
public final class HttpRoutes implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpRoutes.class);
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

  /** What bodies of requests that have proven nothing may hold, all together. */
  private static final long UNPROVEN_BYTES = 16L << 20;

  /** What those of one client may hold. */
  private static final long CLIENT_BYTES = 4L << 20;

  private final Incidents incidents;
  private final ByteBudget bodies = new ByteBudget(UNPROVEN_BYTES, CLIENT_BYTES);
  private Optional<HttpListener> listener = Optional.empty();
  private boolean open;
  private volatile boolean answering;
  private volatile RouteTable table = new RouteTable(List.of());

  /**
   * No routes yet, and no listener.
   *
   * @param incidents where faults of handlers go
   */
  public HttpRoutes(Incidents incidents) {
    this.incidents = incidents;
  }

  /**
   * Gives the listener, before the first route.
   *
   * @param given not open yet
   */
  public synchronized void listen(HttpListener given) {
    listener = Optional.of(given);
  }

  /** Begins to answer; before that requests are told to come again in a second. */
  public void begin() {
    answering = true;
  }

  /**
   * The routes of one life of an owner. A path may be taken over by the next life before the
   * earlier one gives it up.
   *
   * @param owner whose, for people: {@code plugin karma}
   * @return each call makes a new life
   */
  public Http of(String owner) {
    return new Owned(owner);
  }

  /**
   * What there is.
   *
   * @return where it listens, then each route: method, path, owner; empty if it does not listen
   */
  public synchronized List<String> describe() {
    List<String> lines = new ArrayList<>();
    if (open) {
      listener.ifPresent(port -> lines.add(port.address().toString()));
      table.entries().forEach(entry -> lines.add(entry.toString()));
    }
    return lines;
  }

  /** Closes the listener. */
  @Override
  public synchronized void close() {
    answering = false;
    if (open) {
      open = false;
      listener.ifPresent(HttpListener::close);
    }
    listener = Optional.empty();
  }

  private synchronized void add(RouteEntry entry) {
    HttpListener port = given();
    RouteTable more = table.with(entry);
    if (!open) {
      try {
        port.open(this::answer);
      } catch (IOException e) {
        throw new IllegalStateException(String.valueOf(e.getMessage()), e);
      }
      open = true;
      log.info("HTTP: listening, to be reached at {}", port.address());
    }
    table = more;
  }

  private synchronized void remove(RouteEntry entry) {
    table = table.without(entry);
  }

  private synchronized HttpListener given() {
    return listener.orElseThrow(
        () -> new IllegalStateException("the configuration has no http block"));
  }

  private HttpReply answer(IncomingRequest incoming) {
    long begun = System.nanoTime();
    RouteMatch found = table.find(incoming.method(), incoming.path());
    HttpReply reply =
        answering
            ? reply(found, incoming)
            : HttpReply.text(503, "not ready yet\n").with("Retry-After", "1");
    log.debug(
        "{} {} from {}: {} after {} ms",
        METHOD.matcher(incoming.method()).matches() ? incoming.method() : "?",
        found instanceof RouteMatch.Match match ? match.entry().path() : "no route",
        incoming.remote(),
        reply.status(),
        (System.nanoTime() - begun) / 1_000_000);
    return incoming.method().equals("HEAD") ? withoutBody(reply) : reply;
  }

  private static HttpReply withoutBody(HttpReply reply) {
    return new HttpReply(reply.status(), reply.headers(), out -> {});
  }

  private HttpReply reply(RouteMatch found, IncomingRequest incoming) {
    return switch (found) {
      case RouteMatch.Match match -> call(match, incoming);
      case RouteMatch.OtherMethod(String allowed) ->
          HttpReply.text(405, "not with this method\n").with("Allow", allowed);
      case RouteMatch.NoRoute() -> HttpReply.text(404, "there is nothing here\n");
      case RouteMatch.Malformed() -> HttpReply.text(400, "this is no path\n");
    };
  }

  /** The boundary to the code of plugins and adapters. */
  private HttpReply call(RouteMatch.Match match, IncomingRequest incoming) {
    RouteEntry entry = match.entry();
    try (ByteBudget.Lease lease = bodies.lease(ClientNetwork.of(incoming.remote()))) {
      String route = entry.method() + " " + entry.path();
      HttpReply reply =
          entry.handler().handle(new RoutedRequest(incoming, route, match.parts(), lease));
      check(reply);
      return new HttpReply(reply.status(), reply.headers(), guarded(entry, reply.body()));
    } catch (BodyTooLongException e) {
      return HttpReply.text(413, e.getMessage() + "\n").with("Connection", "close");
    } catch (BodyReader.NoRoomException e) {
      return HttpReply.text(503, e.getMessage() + "\n")
          .with("Retry-After", "5")
          .with("Connection", "close");
    } catch (IOException e) {
      log.debug("the body for {} could not be read: {}", entry, e.toString());
      return HttpReply.text(400, "the body could not be read\n").with("Connection", "close");
    } catch (Throwable e) {
      String incident = incidents.report("HTTP " + entry + " failed", e);
      return HttpReply.text(500, "something went wrong here: incident " + incident + "\n");
    }
  }

  private HttpReply.Body guarded(RouteEntry entry, HttpReply.Body body) {
    return out -> {
      try {
        body.writeTo(out);
      } catch (IOException e) {
        throw e;
      } catch (Throwable e) {
        String incident = incidents.report("the answer of HTTP " + entry + " failed", e);
        throw new IOException("broken off: incident " + incident, e);
      }
    };
  }

  /** A fault in an answer is its maker's fault, and never becomes protocol. */
  private static void check(HttpReply reply) {
    if (reply.status() < 200 || reply.status() > 599) {
      throw new IllegalArgumentException("no status for an answer: " + reply.status());
    }
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      if (!NAME.matcher(header.getKey()).matches()
          || header.getValue().codePoints().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
        throw new IllegalArgumentException("a header that cannot be sent");
      }
    }
  }

  /** One life of an owner. */
  private final class Owned implements Http {
    private final String owner;

    Owned(String owner) {
      this.owner = owner;
    }

    @Override
    public Route route(String method, String path, HttpHandler handler) {
      if (!METHOD.matcher(method).matches()) {
        throw new IllegalArgumentException("a method is written in capitals, like POST");
      }
      RouteEntry entry = new RouteEntry(owner, this, method, PathPattern.of(path), handler);
      add(entry);
      return () -> remove(entry);
    }

    @Override
    public URI address() {
      synchronized (HttpRoutes.this) {
        return given().address();
      }
    }
  }
}
