package dev.owlery.web;

import dev.owlery.api.http.Http;
import dev.owlery.core.http.HttpRoutes;
import dev.owlery.core.lane.Incidents;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Routes behind a real port, and clients for it. */
final class TestSite implements AutoCloseable {

  static final Limits QUICK =
      new Limits(
          Duration.ofMillis(800),
          Duration.ofMillis(1500),
          Duration.ofMillis(600),
          Duration.ofMillis(1_000),
          Duration.ofMillis(300));

  private static final long PATIENCE = 20;

  final WebListener listener;
  final HttpRoutes routes = new HttpRoutes(new Incidents());
  final Http http;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestSite(HttpSettings settings, Limits limits) {
    listener = new WebListener(settings, limits);
    routes.listen(listener);
    routes.begin();
    http = routes.of("plugin test");
  }

  TestSite() {
    this(settings(16), Limits.USUAL);
  }

  static HttpSettings settings(int connections, String... proxies) {
    return new HttpSettings("127.0.0.1", 0, Optional.empty(), List.of(proxies), connections);
  }

  URI uri(String target) {
    return URI.create("http://127.0.0.1:" + listener.port() + target);
  }

  HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(target)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(
        request.timeout(Duration.ofSeconds(PATIENCE)).build(), BodyHandlers.ofString());
  }

  HttpClient client() {
    return client;
  }

  /** Runs the real curl on a target; what it prints. */
  String curl(String target, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sS", "--max-time", Long.toString(PATIENCE)));
    command.addAll(List.of(options));
    command.add("http://127.0.0.1:" + listener.port() + target);
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    curl.getOutputStream().close();
    String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!curl.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      curl.destroyForcibly();
      throw new AssertionError("curl hangs");
    }
    return said;
  }

  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE));
    return socket;
  }

  /** Sends bytes and reads until the server closes, or has answered and is silent for long. */
  String raw(String request) throws IOException {
    try (Socket socket = socket()) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() {
    routes.close();
    client.close();
  }
}
