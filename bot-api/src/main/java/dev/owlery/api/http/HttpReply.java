package dev.owlery.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param status the status code
 * @param headers by name
 * @param body writes the body
 */
public record HttpReply(int status, Map<String, String> headers, Body body) {

  /** Writes a body. */
  @FunctionalInterface
  public interface Body {

    /**
     * Writes it, on the thread of the request.
     *
     * @param out to the client; blocks at its pace
     * @throws IOException if the client goes away
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Copies the headers. */
  public HttpReply {
    headers = Map.copyOf(headers);
  }

  /**
   * An answer without a body.
   *
   * @param status the status code
   * @return the answer
   */
  public static HttpReply of(int status) {
    return new HttpReply(status, Map.of(), out -> {});
  }

  /**
   * An answer in plain text.
   *
   * @param status the status code
   * @param text the text
   * @return the answer
   */
  public static HttpReply text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An answer in JSON.
   *
   * @param status the status code
   * @param json the text of the JSON
   * @return the answer
   */
  public static HttpReply json(int status, String json) {
    return of(status, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An answer of some bytes.
   *
   * @param status the status code
   * @param type the media type
   * @param bytes the body
   * @return the answer
   */
  public static HttpReply of(int status, String type, byte[] bytes) {
    return new HttpReply(
        status,
        Map.of("Content-Type", type, "Content-Length", Integer.toString(bytes.length)),
        out -> out.write(bytes));
  }

  /**
   * The same answer with one header more.
   *
   * @param name its name
   * @param value its value, without line ends
   * @return the answer
   */
  public HttpReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, more, body);
  }
}
