package dev.owlery.adapter.slack;

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
final class HttpCarrier implements Carrier {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final HttpDoor door;
  private final Supplier<Http> http;
  private final SlackApi api;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<Http.Route> route = Optional.empty();

  HttpCarrier(HttpDoor door, Supplier<Http> http, SlackApi api) {
    this.door = door;
    this.http = http;
    this.api = api;
  }

  @Override
  public String place() {
    return "by HTTP";
  }

  @Override
  public void open() throws CarrierException {
    if (route.isPresent()) {
      return;
    }
    try {
      route = Optional.of(door.openEvents(http.get()));
    } catch (IllegalStateException | IllegalArgumentException cannot) {
      throw new CarrierException("mode = http: " + cannot.getMessage(), true);
    }
  }

  @Override
  public Ended carry() throws InterruptedException {
    while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      Answer<?> answer = api.call(ApiMethod.AUTH_TEST, methods -> methods.authTest(r -> r));
      if (answer instanceof Answer.Refused<?>(String error, String detail)) {
        return new Ended(detail, Complaints.isFatal(error));
      }
      if (!(answer instanceof Answer.Ok<?>)) {
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
