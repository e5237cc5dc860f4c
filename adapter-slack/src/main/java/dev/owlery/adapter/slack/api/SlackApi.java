package dev.owlery.adapter.slack.api;

import com.google.gson.JsonParseException;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import dev.owlery.api.http.RetryAfter;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.spi.NetworkFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The one place from which Slack's Web API is called: keeps its rate limits, and says of each
 * failure whether anything may have happened. Waits; any thread.
 */
public final class SlackApi implements AutoCloseable {

  /** How long a call may wait for the limits. */
  public static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(1);

  /** Words of Slack's that leave open whether anything was done. */
  private static final Set<String> UNSURE =
      Set.of("fatal_error", "internal_error", "service_unavailable", "request_timeout");

  /**
   * So few posts at a time that each leaves when its turn has come, and that few are on their way
   * when Slack asks to wait; still many more a second than Slack allows.
   */
  private static final int MOST_POSTS = 6;

  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

  /** A wait that Slack asks for is cut to this. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private final Slack slack;
  private final OkHttpClient http;
  private final MethodsClient bot;
  private final String token;

  /** For a person. */
  private final String place;

  private final RateLimits limits;
  private final Semaphore posts;
  private final CountDownLatch closed = new CountDownLatch(1);

  public SlackApi(SlackSettings settings, RateLimits limits) {
    this.limits = limits;
    posts = new Semaphore(settings.flood().burst() == 0 ? Integer.MAX_VALUE : MOST_POSTS, true);
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.apiUrl());
    config.setStatsEnabled(false);
    // The library's own listeners would log whole answers.
    config.setHttpClientResponseHandlers(List.of());
    // A request that was sent is never sent again by anybody but us.
    http =
        new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .connectTimeout(settings.patience())
            .readTimeout(settings.patience())
            .writeTimeout(settings.patience())
            .build();
    SlackHttpClient client = new SlackHttpClient(http);
    client.setConfig(config);
    slack = Slack.getInstance(config, client);
    place = URI.create(settings.apiUrl()).getAuthority();
    token = settings.botToken().reveal();
    bot = slack.methods(token);
  }

  /** A call by the SDK. */
  @FunctionalInterface
  public interface SdkCall<R extends SlackApiTextResponse> {
    R on(MethodsClient methods) throws IOException, SlackApiException;
  }

  public OkHttpClient http() {
    return http;
  }

  /**
   * Calls a method with the bot's token.
   *
   * @param method which
   * @param channel where it says something; empty if it does not
   * @param patience how long it may wait for the limits
   * @param call the call
   * @return what became of it
   */
  public <R extends SlackApiTextResponse> ApiResult<R> call(
      ApiMethod method, String channel, Duration patience, SdkCall<R> call) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      if (!await(method, channel, deadline)) {
        return new ApiResult.NotReached<>(
            isClosed() ? "closing" : "Slack's rate limit for " + method.wire());
      }
      ApiResult<R> answer;
      try {
        answer = once(method, call);
      } finally {
        if (method == ApiMethod.CHAT_POST) {
          posts.release();
        }
      }
      if (!(answer instanceof ApiResult.SlackRefused<R>(String error, String _))
          || !error.equals("ratelimited")) {
        return answer;
      }
    }
  }

  public <R extends SlackApiTextResponse> ApiResult<R> call(ApiMethod method, SdkCall<R> call) {
    return call(method, "", AS_LONG_AS_IT_TAKES, call);
  }

  /**
   * Reads something.
   *
   * @param method which
   * @param patience how long it may wait for the limits
   * @param parameters what the method takes
   * @return the answer in Slack's own words
   */
  public ApiResult<RawApiResult> read(
      ApiMethod method, Duration patience, Map<String, String> parameters) {
    return call(
        method,
        "",
        patience,
        methods ->
            methods.postFormWithTokenAndParseResponse(
                form -> {
                  parameters.forEach(form::add);
                  return form;
                },
                method.wire(),
                token,
                RawApiResult.class));
  }

  /**
   * Reads something, and again while that fails in a way that may pass: reading does no harm. The
   * pauses grow.
   *
   * @param method which
   * @param patience how long to go on, and how long each call may wait for the limits
   * @param parameters what the method takes
   * @return the last answer
   */
  public ApiResult<RawApiResult> readInTheEnd(
      ApiMethod method, Duration patience, Map<String, String> parameters) {
    long deadline = System.nanoTime() + patience.toNanos();
    Duration pause = FIRST_PAUSE;
    ApiResult<RawApiResult> answer = read(method, patience, parameters);
    while ((answer instanceof ApiResult.NotReached<?> || answer instanceof ApiResult.Unsure<?>)
        && System.nanoTime() < deadline
        && pause(pause)) {
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      answer = read(method, patience, parameters);
    }
    return answer;
  }

  /** Waits; false if the account was closed meanwhile. */
  private boolean pause(Duration time) {
    try {
      return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** True if a call may be made now; a post then has its place among those under way. */
  private boolean await(ApiMethod method, String channel, long deadline) {
    boolean isPost = method == ApiMethod.CHAT_POST;
    try {
      while (!isClosed()) {
        if (isPost && !posts.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
        Duration wait = isClosed() ? Duration.ZERO : limits.take(method, channel);
        if (!wait.isPositive() && !isClosed()) {
          return true;
        }
        if (isPost) {
          posts.release();
        }
        long left = deadline - System.nanoTime();
        if (left < wait.toNanos() || closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private <R extends SlackApiTextResponse> ApiResult<R> once(ApiMethod method, SdkCall<R> call) {
    try {
      R answer = call.on(bot);
      if (answer.isOk()) {
        return new ApiResult.Ok<>(answer);
      }
      String error = word(answer.getError());
      if (error.equals("ratelimited")) {
        limits.hold(method, DEFAULT_PAUSE);
      }
      return UNSURE.contains(error)
          ? new ApiResult.Unsure<>("Slack says " + error)
          : new ApiResult.SlackRefused<>(
              error, SlackErrors.of(method, error, word(answer.getNeeded())));
    } catch (SlackApiException failed) {
      return failed(method, failed);
    } catch (ConnectException
        | UnknownHostException
        | NoRouteToHostException
        | SSLHandshakeException unreachable) {
      return new ApiResult.NotReached<>(
          "Slack cannot be reached: "
              + NetworkFault.explain(unreachable, place)
                  .orElseGet(() -> SlackErrors.line(unreachable)),
          true);
    } catch (IOException | JsonParseException lost) {
      return new ApiResult.Unsure<>("no answer from Slack: " + SlackErrors.line(lost));
    }
  }

  private <R> ApiResult<R> failed(ApiMethod method, SlackApiException failed) {
    int status = failed.getResponse().code();
    if (status == 429) {
      limits.hold(method, retryAfter(failed.getResponse().headers()));
      return new ApiResult.SlackRefused<>("ratelimited", "Slack's rate limit");
    }
    return status >= 500 || status == 200
        ? new ApiResult.Unsure<>("Slack answered with status " + status)
        : new ApiResult.SlackRefused<>("http_" + status, "Slack answered with status " + status);
  }

  /** A date counts from the time that the answer itself says, whatever our clock says. */
  static Duration retryAfter(Headers headers) {
    String asked = headers.get("Retry-After");
    Instant said = headers.getInstant("Date");
    Instant now = said == null ? Instant.MAX : said; // nothing is ahead of that
    return Optional.ofNullable(asked)
        .flatMap(value -> RetryAfter.read(value, now, LONGEST_RETRY_AFTER))
        .filter(pause -> pause.compareTo(DEFAULT_PAUSE) > 0)
        .orElse(DEFAULT_PAUSE);
  }

  private static String word(@Nullable String text) {
    return text == null ? "" : SlackNotation.clean(text).replace('\n', ' ');
  }

  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Lets no call begin; those under way go on until {@link #close}. */
  public void stop() {
    closed.countDown();
  }

  @Override
  public void close() {
    stop();
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
  }
}
