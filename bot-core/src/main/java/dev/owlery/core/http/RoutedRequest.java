package dev.owlery.core.http;

import dev.owlery.api.http.HttpRequest;
import dev.owlery.core.http.HttpListener.IncomingRequest;
import dev.owlery.core.permission.Audit;
import dev.owlery.spi.ByteBudget;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that has found its route, which is written as it was made: it holds no secret. */
record RoutedRequest(
    IncomingRequest incoming, String route, Map<String, String> parts, ByteBudget.Lease lease)
    implements HttpRequest {

  @Override
  public String method() {
    return incoming.method();
  }

  @Override
  public String path() {
    return incoming.path();
  }

  @Override
  public String part(String name) {
    String part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("the route has no part {" + name + "}");
    }
    return part;
  }

  @Override
  public Map<String, List<String>> query() {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : incoming.query().split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        query.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
      }
    }
    return query;
  }

  /** What is no proper escape stands for itself. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  @Override
  public Optional<String> header(String name) {
    return incoming.headers().apply(name);
  }

  @Override
  public String remote() {
    return incoming.remote();
  }

  @Override
  public byte[] body(int limit) throws IOException {
    return BodyReader.read(incoming.body(), announced(), limit, lease);
  }

  @Override
  public void proven() {
    lease.waive();
    incoming.proven().run();
  }

  private long announced() {
    try {
      return header("Content-Length").map(Long::parseLong).orElse(0L);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public InputStream stream() {
    return incoming.body();
  }

  @Override
  public void refused(String reason) {
    Audit.refused(route, incoming.remote(), reason);
  }
}
