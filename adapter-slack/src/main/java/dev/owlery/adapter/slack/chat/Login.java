package dev.owlery.adapter.slack.chat;

import com.slack.api.methods.response.auth.AuthTestResponse;
import dev.owlery.adapter.slack.ConnectionLoop;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.Scopes;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.api.SlackErrors;
import dev.owlery.adapter.slack.delivery.EventTransport;
import dev.owlery.adapter.slack.delivery.EventTransport.EventTransportException;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.plugin.Store;
import dev.owlery.api.slack.SlackNotation;
import dev.owlery.spi.EngineThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done each time before the account is online: who we are, where we are, what was missed.
 * Belongs to the thread of {@link ConnectionLoop}.
 */
public final class Login {
  private static final Logger LOG = LoggerFactory.getLogger(Login.class);
  private static final String PEOPLE_READ = "people-read-at";
  private static final Duration ONLINE_WITHIN = Duration.ofSeconds(20);
  private static final Duration PEOPLE_FRESH = Duration.ofDays(1);

  private final SlackApi api;
  private final AdapterContext context;
  private final SlackIdentity identity;
  private final SlackRooms rooms;
  private final CatchUp catchUp;
  private final CatchUpQueue queue;
  private final UnknownDeliveries strangers;
  private volatile String restrictions = "";

  public Login(
      SlackApi api,
      AdapterContext context,
      SlackIdentity identity,
      SlackRooms rooms,
      CatchUp catchUp,
      CatchUpQueue queue,
      UnknownDeliveries strangers) {
    this.api = api;
    this.context = context;
    this.identity = identity;
    this.rooms = rooms;
    this.catchUp = catchUp;
    this.queue = queue;
    this.strangers = strangers;
  }

  /**
   * Finds out who we are, and goes into the rooms.
   *
   * @throws EventTransportException if Slack will not have us
   */
  public void logIn() throws EventTransportException {
    queue.lost();
    AuthTestResponse us =
        value("bot-token", api.call(ApiMethod.AUTH_TEST, methods -> methods.authTest(r -> r)));
    Scopes scopes = Scopes.of(us.getHttpResponseHeaders());
    Optional<String> lacking = scopes.lacking();
    if (lacking.isPresent()) {
      throw new EventTransportException(lacking.get(), true);
    }
    tellRestrictions(scopes);
    String bot = text(us.getBotId());
    identity.loggedIn(
        new SlackIdentity.Self(
            text(us.getUserId()),
            bot,
            text(us.getUser()).isEmpty() ? "owl" : text(us.getUser()),
            text(us.getTeamId()),
            text(us.getTeam())));
    if (!bot.isEmpty()) {
      api.read(ApiMethod.BOTS_INFO, SlackDirectory.MOMENT, Map.of("bot", bot))
          .found()
          .map(answer -> SlackJson.text(answer.bot(), "app_id"))
          .filter(app -> !app.isEmpty())
          .ifPresent(strangers::ourApp);
    }
    boolean _ = value("rooms", rooms.enter());
  }

  private static <R> R value(String what, ApiResult<R> answer) throws EventTransportException {
    return switch (answer) {
      case ApiResult.Ok<R>(R value) -> value;
      case ApiResult.SlackRefused<R>(String error, String detail) ->
          throw new EventTransportException(what + ": " + detail, SlackErrors.isFatal(error));
      case ApiResult.NotReached<R> lost -> throw EventTransportException.notSent(lost);
      case ApiResult.Unsure<R>(String reason) -> throw new EventTransportException(reason, false);
    };
  }

  private static String text(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : SlackNotation.clean(text).replace('\n', ' ');
  }

  /**
   * Connects, and publishes what was missed before anything that comes by the connection. What is
   * not read after a moment is read beside what is live elsewhere.
   *
   * @param carrier the way
   * @throws EventTransportException if there is no connection
   * @throws InterruptedException if the account is closed
   */
  public void connectAndCatchUp(EventTransport carrier)
      throws EventTransportException, InterruptedException {
    queue.hold();
    try {
      carrier.open();
      Instant openedAt = context.clock().instant();
      // Who has begun a direct chat meanwhile, or invited the bot, is heard from here on.
      boolean _ = value("rooms", rooms.learn());
      queue.begin(catchUp.gaps(), openedAt);
    } finally {
      queue.letGo();
    }
    queue.await(ONLINE_WITHIN);
  }

  /** Learns the names of all members, once a day, beside everything else. */
  public void whenOnline() {
    Store memory = context.memory();
    Instant now = context.clock().instant();
    boolean fresh =
        memory
            .get(PEOPLE_READ)
            .map(read -> Instant.parse(read).plus(PEOPLE_FRESH).isAfter(now))
            .orElse(false);
    if (!fresh) {
      EngineThreads.start(
          "slack-people",
          () -> {
            ApiResult<Boolean> answer = rooms.readPeople();
            if (answer instanceof ApiResult.Ok<Boolean>) {
              memory.put(PEOPLE_READ, now.toString());
            } else if (!api.isClosed()) {
              LOG.info("the members' names could not be read: {}", answer.trouble());
            }
          });
    }
  }

  /** What the token does not allow is logged once, and shown with the state. */
  private void tellRestrictions(Scopes scopes) {
    String now = scopes.restrictions();
    if (!now.isEmpty() && !now.equals(restrictions)) {
      LOG.warn("account {}: {}", context.account(), now);
    }
    restrictions = now;
  }

  /** Who we are and where, for a person. */
  public String whoAndWhere() {
    SlackIdentity.Self self = identity.self();
    return self.name() + " in " + (self.teamName().isEmpty() ? self.team() : self.teamName());
  }

  /** What the token does not allow, with the next step; empty if nothing is missing. */
  public String restrictions() {
    return restrictions;
  }
}
