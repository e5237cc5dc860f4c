package dev.owlery.adapter.slack;

import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
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
final class SocketCarrier implements Carrier {
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

  SocketCarrier(SlackSettings settings, SlackApi api, Deliveries deliveries, Consumer<String> app) {
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
  public void open() throws CarrierException, InterruptedException {
    drop();
    link = connect();
  }

  private SocketLink connect() throws CarrierException, InterruptedException {
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
    Optional<SocketLink.News> first = fresh.next(HELLO);
    if (first.isPresent() && first.get() instanceof SocketLink.News.Hello(String appId)) {
      app.accept(appId);
      return fresh;
    }
    fresh.close();
    throw first
        .map(SocketCarrier::notGreeted)
        .orElseGet(() -> new CarrierException("Slack did not say hello", false));
  }

  private static CarrierException notGreeted(SocketLink.News news) {
    return switch (news) {
      case SocketLink.News.Disabled() -> new CarrierException(OFF, true);
      case SocketLink.News.Closed(String why) -> new CarrierException(why, false);
      case SocketLink.News.Refresh(String why) ->
          new CarrierException("Slack asks to come again: " + why, false);
      case SocketLink.News.Hello _ -> new CarrierException("Slack said hello", false);
    };
  }

  private URI address() throws CarrierException {
    String token = settings.appToken().orElseThrow().reveal();
    Answer<AppsConnectionsOpenResponse> answer =
        api.call(
            ApiMethod.CONNECTIONS_OPEN,
            methods -> methods.appsConnectionsOpen(request -> request.token(token)));
    if (!(answer instanceof Answer.Ok<AppsConnectionsOpenResponse>(var opened))) {
      throw answer instanceof Answer.NotSent<?> lost
          ? CarrierException.notSent(lost)
          : new CarrierException(refusal(answer), isFinal(answer));
    }
    URI address = URI.create(String.valueOf(opened.getUrl()));
    if (!SlackSettings.isSafe(address, settings.insecure())) {
      throw new CarrierException("Slack named an address without encryption", true);
    }
    return address;
  }

  private static String refusal(Answer<?> answer) {
    if (answer instanceof Answer.Refused<?>(String error, String detail)) {
      return switch (error) {
        case "missing_scope" ->
            "the app-level token lacks the scope connections:write: make a new one with it";
        case "socket_mode_not_enabled", "access_denied" -> OFF;
        default -> "app-token: " + detail;
      };
    }
    return answer.trouble();
  }

  private static boolean isFinal(Answer<?> answer) {
    return answer instanceof Answer.Refused<?>(String error, String _)
        && (Complaints.isFatal(error) || error.equals("socket_mode_not_enabled"));
  }

  @Override
  public Ended carry() throws InterruptedException {
    while (true) {
      SocketLink now = link;
      if (now == null) {
        return new Ended("not connected", false);
      }
      Optional<SocketLink.News> news = now.next(settings.ping().every());
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

  private Optional<Ended> ended(SocketLink now, SocketLink.News news) throws InterruptedException {
    return switch (news) {
      case SocketLink.News.Hello _ -> Optional.empty();
      case SocketLink.News.Disabled() -> Optional.of(new Ended(OFF, true));
      case SocketLink.News.Closed(String why) -> Optional.of(new Ended(why, false));
      case SocketLink.News.Refresh(String why) -> replaced(now, why);
    };
  }

  /** Opens the next connection before the old one goes. */
  private Optional<Ended> replaced(SocketLink old, String why) throws InterruptedException {
    try {
      link = connect();
      EngineThreads.start("slack-close", old::close);
      return Optional.empty();
    } catch (CarrierException failed) {
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
