package dev.owlery.adapter.slack;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.RateLimits;
import dev.owlery.adapter.slack.api.ResponseUrls;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.adapter.slack.chat.CatchUp;
import dev.owlery.adapter.slack.chat.CatchUpQueue;
import dev.owlery.adapter.slack.chat.ConversationTasks;
import dev.owlery.adapter.slack.chat.Login;
import dev.owlery.adapter.slack.chat.MessageReader;
import dev.owlery.adapter.slack.chat.OwnHistory;
import dev.owlery.adapter.slack.chat.Questions;
import dev.owlery.adapter.slack.chat.ReadMarks;
import dev.owlery.adapter.slack.chat.SlackDirectory;
import dev.owlery.adapter.slack.chat.SlackFeatures;
import dev.owlery.adapter.slack.chat.SlackIdentity;
import dev.owlery.adapter.slack.chat.SlackInbound;
import dev.owlery.adapter.slack.chat.SlackRooms;
import dev.owlery.adapter.slack.chat.SlashCommands;
import dev.owlery.adapter.slack.chat.UnknownDeliveries;
import dev.owlery.adapter.slack.delivery.EventTransport;
import dev.owlery.adapter.slack.delivery.HttpEndpoint;
import dev.owlery.adapter.slack.delivery.HttpEventTransport;
import dev.owlery.adapter.slack.delivery.SocketEventTransport;
import dev.owlery.adapter.slack.files.SlackFiles;
import dev.owlery.adapter.slack.files.Uploads;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.action.Action;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Door;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.http.Http;
import dev.owlery.spi.ReaderGuard;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** One account in one Slack workspace: what is made of what, and what the core calls. */
final class SlackAdapter implements Adapter {
  private static final Set<Capability> CAN =
      EnumSet.of(
          Capability.ROOMS,
          Capability.RICH_TEXT,
          Capability.CARDS,
          Capability.EDIT,
          Capability.DELETE,
          Capability.THREADS,
          Capability.REACTIONS,
          Capability.FILES,
          Capability.FORMS,
          Capability.SUBJECT,
          Capability.PRESENCE,
          Capability.LOOK_UP);

  private static final Duration GOODBYE = Duration.ofMillis(900);

  private final AdapterContext context;
  private final SlackApi api;
  private final SlackIdentity identity;
  private final SlackRooms rooms;
  private final SlackInbound inbound;
  private final Questions questions;
  private final ApiRetry outbound;
  private final ConversationTasks lines;
  private final CatchUp catchUp;
  private final CatchUpQueue queue;
  private final ConnectionLoop loop;
  private final HttpEndpoint door;
  private final SlackFeatures doors;
  private final SlackFiles files;
  private final boolean opensWebhook;
  private Optional<Http.Route> webhook = Optional.empty();
  private AccountState lastReported = new AccountState(Phase.CONNECTING, "not started");

  SlackAdapter(SlackSettings settings, AdapterContext context) {
    this.context = context;
    api =
        new SlackApi(
            settings,
            new RateLimits(settings.flood(), context.memory(), context.clock(), System::nanoTime));
    SlackDirectory directory = new SlackDirectory(api, context.memory(), context.clock());
    identity = new SlackIdentity(context.account(), directory, Set.copyOf(settings.guests()));
    rooms = new SlackRooms(api, directory, identity, settings.rooms());
    ReaderGuard guard = new ReaderGuard(context.account().toString());
    MessageReader messages =
        new MessageReader(identity, directory::forOneText, context.clock(), guard);
    UnknownDeliveries strangers = new UnknownDeliveries(context, identity);
    ResponseUrls addresses = new ResponseUrls(api, settings.insecure());
    SlashCommands calls = new SlashCommands(context, identity, directory, messages, addresses);
    questions = new Questions(api, context, identity, calls, addresses, strangers);
    OwnHistory history = new OwnHistory(api, identity);
    Uploads uploads = new Uploads(api, settings.insecure());
    outbound =
        new ApiRetry(new SlackOutbound(api, rooms, identity, history, uploads, questions), api);
    files = new SlackFiles(api, rooms, settings, context.memory());
    lines = new ConversationTasks("slack-" + context.account());
    inbound =
        new SlackInbound(
            context, identity, directory, rooms, messages, guard, strangers, new InboundReporter());
    ReadMarks marks = new ReadMarks(context.memory(), context.clock());
    catchUp = new CatchUp(api, context, identity, directory, messages, guard, marks);
    queue = new CatchUpQueue(catchUp, marks, context.clock(), perMinute(settings.flood()));
    Login login = new Login(api, context, identity, rooms, catchUp, queue, strangers);
    doors = new SlackFeatures(api, rooms, identity, directory, settings.announce());
    door = new HttpEndpoint(context.account().name(), settings, context.clock(), this::take);
    opensWebhook = !settings.webhookTokens().isEmpty();
    EventTransport carrier =
        settings.mode() == SlackSettings.Mode.HTTP
            ? new HttpEventTransport(door, context::http, api)
            : new SocketEventTransport(settings, api, this::take, strangers::ourApp);
    loop =
        new ConnectionLoop(
            context.account().name(), settings.retry(), login, carrier, this::report);
  }

  /** What is left of the limit is for conversations in which somebody waits. */
  private static int perMinute(SlackSettings.Flood flood) {
    return flood.burst() == 0 ? 0 : ApiMethod.CONVERSATIONS_HISTORY.perMinute() * 4 / 5;
  }

  /** Takes a delivery, whichever way it came. */
  private CompletionStage<Optional<JsonObject>> take(String type, JsonObject payload) {
    return switch (type) {
      case "events_api" -> event(payload);
      case "outgoing_webhook" ->
          queue.take(
              SlackJson.text(payload, "channel_id"),
              true,
              Optional.empty(),
              () -> inbound.webhook(payload).thenApply(_ -> Optional.empty()));
      case "slash_commands" ->
          queue.takeCall(SlackJson.text(payload, "channel_id"), () -> questions.called(payload));
      case "interactive" ->
          queue.takeCall(
              SlackJson.text(payload, "channel", "id"), () -> questions.interaction(payload));
      default -> CompletableFuture.completedStage(Optional.empty());
    };
  }

  private CompletionStage<Optional<JsonObject>> event(JsonObject payload) {
    JsonObject event = SlackJson.object(payload, "event");
    String channel = SlackJson.text(event, "channel");
    return queue.take(
        channel.isEmpty() ? SlackJson.text(event, "item", "channel") : channel,
        catchUp.isTold(event),
        Optional.empty(),
        () -> inbound.event(payload).thenApply(_ -> Optional.empty()));
  }

  /** Tells the core what the inbound side has found out. */
  private final class InboundReporter implements SlackInbound.InboundListener {
    @Override
    public void roomsChanged() {
      loop.tell();
    }

    @Override
    public void failed(String reason) {
      loop.fail(reason);
    }
  }

  /** One state at a time, as the loop reports them; may wait, so no lock is held. */
  private void report(AccountState reported) {
    AccountState state = reported.withRooms(rooms.states(reported.phase() == Phase.ONLINE));
    if (!state.equals(lastReported)) {
      lastReported = state;
      context.report(state);
    }
  }

  @Override
  public void start() {
    if (opensWebhook) {
      try {
        webhook = Optional.of(door.openWebhook(context.http()));
      } catch (IllegalStateException cannot) {
        loop.fail("webhook-tokens: " + cannot.getMessage());
        return;
      }
    }
    loop.start();
  }

  @Override
  public Member self() {
    return identity.ourselves();
  }

  @Override
  public Set<Capability> capabilities() {
    return CAN;
  }

  @Override
  public Conversation locate(String room) {
    return identity.locate(room);
  }

  @Override
  public List<Action> divide(Action action) {
    return SlackOutbound.divide(action);
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    return lines.submit(outgoing.action().where().room(), () -> outbound.perform(outgoing));
  }

  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    if (!loop.isOnline()) {
      return CompletableFuture.completedFuture(new Outcome.Doubtful("not connected"));
    }
    return lines.submit(outgoing.action().where().room(), () -> outbound.lookUp(outgoing));
  }

  @Override
  public List<Conversation> rooms() {
    return rooms.joined();
  }

  @Override
  public List<Member> members(Conversation room) {
    return rooms.members(room);
  }

  @Override
  public List<FileTransport> transports() {
    return List.of(files);
  }

  @Override
  public <D extends Door> Optional<D> door(Class<D> type) {
    return type.isInstance(doors) ? Optional.of(type.cast(doors)) : Optional.empty();
  }

  @Override
  public void close() {
    api.stop();
    queue.close();
    webhook.ifPresent(Http.Route::close);
    lines.close();
    loop.close();
    long deadline = System.nanoTime() + GOODBYE.toNanos();
    while (!lines.isIdle() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    api.close();
  }
}
