package dev.owlery.adapter.slack.delivery;

import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.api.SlackErrors;
import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.spi.EngineThreads;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Socket Mode. When Slack announces the end of a connection the next is opened first, so that there
 * is no gap.
 */
public final class SocketEventTransport implements EventTransport {
  private static final Duration HELLO = Duration.ofSeconds(15);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final String OFF =
      "Socket Mode is switched off for the app: switch it on, on the app's page";

  private final SlackSettings settings;
  private final SlackApi api;
  private final Deliveries deliveries;
  private final Consumer<String> app;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(EngineThreads.named("slack-socket"));
  private final HttpClient http =
      HttpClient.newBuilder().executor(threads).connectTimeout(CONNECT).build();
  private @Nullable SocketLink link;

  public SocketEventTransport(
      SlackSettings settings, SlackApi api, Deliveries deliveries, Consumer<String> app) {
    this.settings = settings;
    this.api = api;
    this.deliveries = deliveries;
    this.app = app;
  }

  @Override
  public String place() {
    return "by Socket Mode";
  }

  @Override
  public void open() throws EventTransportException, InterruptedException {
    drop();
    link = connect();
  }

  private SocketLink connect() throws EventTransportException, InterruptedException {
    URI address = address();
    SocketLink fresh = new SocketLink(deliveries);
    // The listener is called before this completes, so nothing waits for it.
    var _ =
        http.newWebSocketBuilder()
            .connectTimeout(CONNECT)
            .buildAsync(address, fresh)
            .exceptionally(failed -> {
              fresh.failed(failed.getCause() == null ? failed : failed.getCause());
              return null;
            });
    Optional<SocketLink.SocketMessage> first = fresh.next(HELLO);
    if (first.isPresent() && first.get() instanceof SocketLink.SocketMessage.Hello(String appId)) {
      app.accept(appId);
      return fresh;
    }
    fresh.close();
    throw first
        .map(SocketEventTransport::notGreeted)
        .orElseGet(() -> new EventTransportException("Slack did not say hello", false));
  }

  private static EventTransportException notGreeted(SocketLink.SocketMessage news) {
    return switch (news) {
      case SocketLink.SocketMessage.Disabled() -> new EventTransportException(OFF, true);
      case SocketLink.SocketMessage.Closed(String why) -> new EventTransportException(why, false);
      case SocketLink.SocketMessage.Refresh(String why) ->
          new EventTransportException("Slack asks to come again: " + why, false);
      case SocketLink.SocketMessage.Hello _ ->
          new EventTransportException("Slack said hello", false);
    };
  }

  private URI address() throws EventTransportException {
    String token = settings.appToken().orElseThrow().reveal();
    ApiResult<AppsConnectionsOpenResponse> answer =
        api.call(
            ApiMethod.CONNECTIONS_OPEN,
            methods -> methods.appsConnectionsOpen(request -> request.token(token)));
    if (!(answer instanceof ApiResult.Ok<AppsConnectionsOpenResponse>(var opened))) {
      throw answer instanceof ApiResult.NotReached<?> lost
          ? EventTransportException.notSent(lost)
          : new EventTransportException(refusal(answer), isFinal(answer));
    }
    URI address = URI.create(String.valueOf(opened.getUrl()));
    if (!SlackSettings.isSafe(address, settings.insecure())) {
      throw new EventTransportException("Slack named an address without encryption", true);
    }
    return address;
  }

  private static String refusal(ApiResult<?> answer) {
    if (answer instanceof ApiResult.SlackRefused<?>(String error, String detail)) {
      return switch (error) {
        case "missing_scope" ->
            "the app-level token lacks the scope connections:write: make a new one with it";
        case "socket_mode_not_enabled", "access_denied" -> OFF;
        default -> "app-token: " + detail;
      };
    }
    return answer.trouble();
  }

  private static boolean isFinal(ApiResult<?> answer) {
    return answer instanceof ApiResult.SlackRefused<?>(String error, String _)
        && (SlackErrors.isFatal(error) || error.equals("socket_mode_not_enabled"));
  }

  @Override
  public Ended carry() throws InterruptedException {
    while (true) {
      SocketLink now = link;
      if (now == null) {
        return new Ended("not connected", false);
      }
      Optional<SocketLink.SocketMessage> news = now.next(settings.ping().every());
      if (news.isEmpty()) {
        if (now.silence().compareTo(settings.ping().every().plus(settings.ping().patience())) > 0) {
          return new Ended("no sign of life", false);
        }
        now.ping();
        continue;
      }
      Optional<Ended> ended = ended(now, news.get());
      if (ended.isPresent()) {
        return ended.get();
      }
    }
  }

  private Optional<Ended> ended(SocketLink now, SocketLink.SocketMessage news)
      throws InterruptedException {
    return switch (news) {
      case SocketLink.SocketMessage.Hello _ -> Optional.empty();
      case SocketLink.SocketMessage.Disabled() -> Optional.of(new Ended(OFF, true));
      case SocketLink.SocketMessage.Closed(String why) -> Optional.of(new Ended(why, false));
      case SocketLink.SocketMessage.Refresh(String why) -> replaced(now, why);
    };
  }

  /** Opens the next connection before the old one goes. */
  private Optional<Ended> replaced(SocketLink old, String why) throws InterruptedException {
    try {
      link = connect();
      EngineThreads.start("slack-close", old::close);
      return Optional.empty();
    } catch (EventTransportException failed) {
      Ended ended = failed.ended();
      return Optional.of(new Ended("replaced (" + why + "): " + ended.reason(), ended.isFinal()));
    }
  }

  private void drop() {
    SocketLink old = link;
    link = null;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() {
    drop();
    http.shutdown();
    threads.shutdown();
  }
}
