package dev.owlery.plugins.filerelay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.owlery.testkit.FakeHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A real port in front of a bot's listener, whose connections break after so many bytes. */
final class Bridge implements AutoCloseable {

  private static final List<String> HEADERS =
      List.of("Range", "Content-Type", "User-Agent", LinkFetcher.BOT);

  private final HttpServer server;
  private final Supplier<FakeHttp> bot;
  private final Deque<Integer> cuts = new ArrayDeque<>();
  private final List<String> log = new ArrayList<>();
  private final Map<String, CountDownLatch> gates = new HashMap<>();
  private int deaf;

  Bridge(Supplier<FakeHttp> bot) {
    this.bot = bot;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Breaks the next downloads. */
  synchronized Bridge cut(int... bytes) {
    for (int each : bytes) {
      cuts.add(each);
    }
    return this;
  }

  /** The bot does not get the next so many receipts: their connections break. */
  synchronized Bridge deaf(int receipts) {
    deaf = receipts;
    return this;
  }

  private synchronized boolean isDeaf(String method) {
    return method.equals("POST") && deaf-- > 0;
  }

  /** Requests with this method wait until the gate is open. */
  synchronized Bridge holds(String method, CountDownLatch gate) {
    gates.put(method, gate);
    return this;
  }

  private void awaitGate(String method) {
    CountDownLatch gate;
    synchronized (this) {
      gate = gates.getOrDefault(method, new CountDownLatch(0));
    }
    try {
      assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was asked for: method, range and how many bytes were answered. */
  synchronized List<String> log() {
    return List.copyOf(log);
  }

  private synchronized int nextCut(String method, int length) {
    Integer cut = method.equals("GET") ? cuts.poll() : null;
    return cut == null ? length : Math.min(cut, length);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    awaitGate(method);
    if (isDeaf(method)) {
      synchronized (this) {
        log.add(method + " unheard");
      }
      exchange.close();
      return;
    }
    FakeHttp.Request request = bot.get().request(method, exchange.getRequestURI().getPath());
    for (String name : HEADERS) {
      Optional<String> value = Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
      if (value.isPresent()) {
        request = request.header(name, value.get());
      }
    }
    FakeHttp.Reply reply = request.body(exchange.getRequestBody().readAllBytes()).send();
    byte[] body = new byte[reply.body().remaining()];
    reply.body().get(body);
    int length = nextCut(method, body.length);
    synchronized (this) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      log.add(method + " " + (range == null ? "all" : range) + " " + length);
    }
    reply
        .headers()
        .forEach((name, value) -> {
          if (!name.equals("Content-Length")) {
            exchange.getResponseHeaders().set(name, value);
          }
        });
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body, 0, length);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
