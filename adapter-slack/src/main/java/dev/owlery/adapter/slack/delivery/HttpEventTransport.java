package dev.owlery.adapter.slack.delivery;

import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.api.SlackErrors;
import dev.owlery.api.http.Http;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Slack's requests to our own listener. There is no connection that could be looked at, so Slack is
 * asked every minute whether it still knows us.
 */
public final class HttpEventTransport implements EventTransport {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final HttpEndpoint door;
  private final Supplier<Http> http;
  private final SlackApi api;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<Http.Route> route = Optional.empty();

  public HttpEventTransport(HttpEndpoint door, Supplier<Http> http, SlackApi api) {
    this.door = door;
    this.http = http;
    this.api = api;
  }

  @Override
  public String place() {
    return "by HTTP";
  }

  @Override
  public void open() throws EventTransportException {
    if (route.isPresent()) {
      return;
    }
    try {
      route = Optional.of(door.openEvents(http.get()));
    } catch (IllegalStateException | IllegalArgumentException cannot) {
      throw new EventTransportException("mode = http: " + cannot.getMessage(), true);
    }
  }

  @Override
  public Ended carry() throws InterruptedException {
    while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      ApiResult<?> answer = api.call(ApiMethod.AUTH_TEST, methods -> methods.authTest(r -> r));
      if (answer instanceof ApiResult.SlackRefused<?>(String error, String detail)) {
        return new Ended(detail, SlackErrors.isFatal(error));
      }
      if (!(answer instanceof ApiResult.Ok<?>)) {
        return new Ended(answer.trouble(), false);
      }
    }
    return new Ended("closed", false);
  }

  @Override
  public void close() {
    closed.countDown();
    route.ifPresent(Http.Route::close);
  }
}
