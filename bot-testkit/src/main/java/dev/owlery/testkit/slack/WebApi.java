package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** {@code /api/*}: who calls, with which right, what goes wrong, and what comes of it. */
final class WebApi {
  private static final String RETRY_AFTER = "Retry-After";
  private static final String OPEN = "apps.connections.open";
  private static final Set<String> NEED_NO_TOKEN = Set.of("api.test");

  private final Workspace workspace;
  private final Map<String, WebApiMethod> methods;
  private final SlackFaults faults;
  private final SlackJudge judge;
  private final Consumer<SlackCall> record;

  WebApi(
      Workspace workspace,
      Map<String, WebApiMethod> methods,
      SlackFaults faults,
      SlackJudge judge,
      Consumer<SlackCall> record) {
    this.workspace = workspace;
    this.methods = Map.copyOf(methods);
    this.faults = faults;
    this.judge = judge;
    this.record = record;
  }

  /** What is sent back. */
  private record WebApiResponse(int status, ObjectNode body, Map<String, String> headers) {
    static WebApiResponse of(ObjectNode body) {
      return new WebApiResponse(200, body, Map.of());
    }

    static WebApiResponse refused(String error) {
      return of(new ApiError(error).answer());
    }

    Optional<Long> pause() {
      return Optional.ofNullable(headers.get(RETRY_AFTER)).map(Long::valueOf);
    }

    static WebApiResponse rateLimited(long seconds) {
      return new WebApiResponse(
          429, new ApiError("ratelimited").answer(), Map.of(RETRY_AFTER, Long.toString(seconds)));
    }
  }

  void handle(Context ctx) {
    long came = System.nanoTime();
    String method = ctx.pathParam("method");
    Map<String, String> arguments = arguments(ctx);
    String token = token(ctx).orElseGet(() -> arguments.getOrDefault("token", ""));
    arguments.remove("token");
    Optional<SlackFault.OfCall> fault = faults.ofCall(method);
    if (fault.orElse(null) instanceof SlackFault.LostRequest) {
      cut(ctx);
      record.accept(new SlackCall(came, method, arguments, 0, "", System.nanoTime()));
      return;
    }
    WebApiResponse answer =
        judge
            .ask(method, arguments.getOrDefault("channel", ""), came)
            .map(WebApiResponse::rateLimited)
            .or(() -> spoiled(fault))
            .orElseGet(() -> decide(method, arguments, token));
    answer.pause().ifPresent(seconds -> judge.told(method, seconds, System.nanoTime()));
    if (fault.orElse(null) instanceof SlackFault.Slow slow) {
      LockSupport.parkNanos(slow.by().toNanos());
    }
    boolean isLost = fault.orElse(null) instanceof SlackFault.LostResponse;
    // Recorded before it leaves, so that who has seen the answer finds the record.
    record.accept(
        new SlackCall(
            came,
            method,
            arguments,
            isLost ? 0 : answer.status(),
            JsonNodes.text(answer.body(), "error"),
            System.nanoTime()));
    if (isLost) {
      cut(ctx);
    } else {
      send(ctx, answer);
    }
  }

  private static Optional<WebApiResponse> spoiled(Optional<SlackFault.OfCall> fault) {
    return fault.flatMap(what ->
        switch (what) {
          case SlackFault.RateLimited limited ->
              Optional.of(WebApiResponse.rateLimited(limited.retryAfter().toSeconds()));
          case SlackFault.ServerError error ->
              Optional.of(
                  new WebApiResponse(
                      error.status(), new ApiError("internal_error").answer(), Map.of()));
          case SlackFault.MethodRefused refused ->
              Optional.of(WebApiResponse.refused(refused.error()));
          case SlackFault.Slow ignored -> Optional.empty();
          case SlackFault.LostRequest ignored -> Optional.empty();
          case SlackFault.LostResponse ignored -> Optional.empty();
        });
  }

  private WebApiResponse decide(String method, Map<String, String> arguments, String token) {
    WebApiMethod implementation = methods.get(method);
    if (implementation == null) {
      return WebApiResponse.refused("unknown_method");
    }
    Optional<String> refusal = authenticate(method, token);
    if (refusal.isPresent()) {
      return WebApiResponse.refused(refusal.get());
    }
    synchronized (workspace) {
      try {
        ObjectNode body = JsonNodes.object().put("ok", true);
        implementation.answer(new ApiRequest(method, arguments, scopes(method)), body);
        return WebApiResponse.of(body);
      } catch (ApiError refused) {
        return WebApiResponse.of(refused.answer());
      }
    }
  }

  private Set<String> scopes(String method) {
    return method.equals(OPEN) ? Set.of("connections:write") : workspace.ids().scopes();
  }

  private Optional<String> authenticate(String method, String token) {
    SlackIds ids = workspace.ids();
    if (NEED_NO_TOKEN.contains(method)) {
      return Optional.empty();
    }
    if (token.isEmpty()) {
      return Optional.of("not_authed");
    }
    boolean isApp = token.equals(ids.appToken());
    if (!isApp && !token.equals(ids.botToken())) {
      return Optional.of("invalid_auth");
    }
    boolean wantsApp = method.equals(OPEN);
    return isApp == wantsApp || method.equals("auth.test")
        ? Optional.empty()
        : Optional.of("not_allowed_token_type");
  }

  private void send(Context ctx, WebApiResponse answer) {
    answer.headers().forEach(ctx::header);
    ctx.header("X-OAuth-Scopes", String.join(",", workspace.ids().scopes()))
        .header("X-Slack-Req-Id", workspace.nextId("R"))
        .status(answer.status())
        .contentType("application/json; charset=utf-8")
        .result(answer.body().toString());
  }

  /** Ends the connection without an answer. */
  static void cut(Context ctx) {
    ServletContextRequest.getServletContextRequest(ctx.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }

  static Optional<String> token(Context ctx) {
    return Optional.ofNullable(ctx.header("Authorization"))
        .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(header -> header.substring(7).strip());
  }

  /** From the query, a form, a multipart form or JSON; structured values as JSON. */
  private static Map<String, String> arguments(Context ctx) {
    Map<String, String> arguments = new HashMap<>();
    ctx.queryParamMap().forEach((name, values) -> arguments.put(name, first(values)));
    String type = Optional.ofNullable(ctx.contentType()).orElse("");
    if (type.startsWith("application/json")) {
      JsonNodes.parse(ctx.body())
          .filter(JsonNode::isObject)
          .ifPresent(body ->
              body.properties()
                  .forEach(field -> arguments.put(field.getKey(), plain(field.getValue()))));
    } else {
      ctx.formParamMap().forEach((name, values) -> arguments.put(name, first(values)));
    }
    return arguments;
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static String plain(JsonNode value) {
    return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
  }
}
