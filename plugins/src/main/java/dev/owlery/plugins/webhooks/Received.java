package dev.owlery.plugins.webhooks;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A request, read whole. Its bytes are nowhere copied, and not to be changed. */
final class Received {
  private static final int LONGEST_HEADER = 2_000;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PAYLOAD = "payload=";

  private final Function<String, Optional<String>> headers;
  private final byte[] body;

  Received(Function<String, Optional<String>> headers, byte[] body) {
    this.headers = headers;
    this.body = body;
  }

  Optional<String> header(String name) {
    return headers.apply(name).filter(value -> value.length() <= LONGEST_HEADER);
  }

  String required(String name) throws RequestRefused {
    return header(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() ->
            new RequestRefused(
                401,
                "no_signature",
                "the header " + name + " is missing; give the other side the webhook's secret"));
  }

  byte[] body() {
    return body;
  }

  /**
   * The JSON that was posted. GitHub posts it as a field of a form, unless it is told otherwise.
   *
   * @throws RequestRefused if it is in a form of which that is not known
   */
  String json(WebhooksSettings.SenderKind kind) throws RequestRefused {
    String text = new String(body, StandardCharsets.UTF_8);
    String type = header("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
    boolean isForm = type.startsWith(FORM) && !text.stripLeading().startsWith("{");
    if (type.startsWith("multipart/") || (isForm && kind != WebhooksSettings.SenderKind.GITHUB)) {
      throw new RequestRefused(
          415,
          "no_json",
          "the body is a form; set the content type of the other side to application/json");
    }
    return isForm ? payload(text) : text;
  }

  private static String payload(String form) throws RequestRefused {
    for (String pair : form.split("&", -1)) {
      if (pair.startsWith(PAYLOAD)) {
        try {
          return URLDecoder.decode(pair.substring(PAYLOAD.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
          throw new RequestRefused(
              400, "no_json", "the form's field payload is not escaped properly");
        }
      }
    }
    throw new RequestRefused(400, "no_json", "the form has no field payload");
  }
}
