package dev.owlery.plugins.webhooks;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** A request, read whole. Its bytes are nowhere copied, and not to be changed. */
final class Received {
  private static final int LONGEST_HEADER = 2_000;

  private final Function<String, Optional<String>> headers;
  private final byte[] body;

  Received(Function<String, Optional<String>> headers, byte[] body) {
    this.headers = headers;
    this.body = body;
  }

  Optional<String> header(String name) {
    return headers.apply(name).filter(value -> value.length() <= LONGEST_HEADER);
  }

  String required(String name) throws Refused {
    return header(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> new Refused(401, "no_signature"));
  }

  byte[] body() {
    return body;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
