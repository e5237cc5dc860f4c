package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the Web API refuses, with {@code "ok": false}. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ObjectNode answer;

  ApiError(String error) {
    this(error, JsonNodes.object());
  }

  ApiError(String error, ObjectNode details) {
    super(error, null, false, false);
    this.answer = JsonNodes.object().put("ok", false).put("error", error);
    answer.setAll(details);
  }

  static ApiError missingScope(String needed, String provided) {
    return new ApiError(
        "missing_scope", JsonNodes.object().put("needed", needed).put("provided", provided));
  }

  ObjectNode answer() {
    return answer;
  }
}
