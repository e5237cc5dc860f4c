package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One method of the Web API. Called with the workspace's monitor held. */
@FunctionalInterface
interface WebApiMethod {

  /** Puts what it finds into an answer that says {@code "ok": true}; an {@link ApiError} if not. */
  void answer(ApiRequest request, ObjectNode answer);
}
