package dev.owlery.testkit.slack;

import java.util.Map;

/**
 * One call of the Web API, as it came in.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param method for example {@code chat.postMessage}
 * @param arguments without the token; structured ones as JSON
 * @param status the HTTP status of the answer, or 0 when there was none
 * @param error the error in the answer, or empty
 * @param answeredNanos when the answer left, by {@link System#nanoTime()}
 */
public record SlackCall(
    long nanos,
    String method,
    Map<String, String> arguments,
    int status,
    String error,
    long answeredNanos) {

  /** Keeps its own copy of the arguments. */
  public SlackCall {
    arguments = Map.copyOf(arguments);
  }

  /**
   * Whether it had its effect, as far as who called could see.
   *
   * @return true for {@code "ok": true}
   */
  public boolean isOk() {
    return status == 200 && error.isEmpty();
  }

  /**
   * One argument.
   *
   * @param name its name
   * @return its value, or empty
   */
  public String argument(String name) {
    return arguments.getOrDefault(name, "");
  }
}
