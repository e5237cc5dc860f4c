package dev.owlery.adapter.console;

import dev.owlery.api.action.Action;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.AccountState.RoomState;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.spi.EngineThreads;
import dev.owlery.spi.ReaderGuard;
import dev.owlery.spi.SerialExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The account of one console. At the end of its input it reports {@link Phase#CLOSED}, once
 * everything that was read is in the inbox; it goes on printing until {@link #close}, so that the
 * core can finish what was asked for.
 */
final class ConsoleAdapter implements Adapter {

  private static final CompletionStage<Outcome> NOT_OPEN =
      CompletableFuture.completedStage(
          new Outcome.NotSent(Duration.ZERO, "the console is not open"));

  /** How long events may take into the inbox at the end of the input. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Duration patience;
  private final AdapterContext context;
  private final Screen.Opener opener;
  private final ConsoleIdentity identity;
  private final ConsoleRooms rooms = new ConsoleRooms();
  private final ConsoleInbound inbound;
  // One for the reading thread, one for each event on its way into the inbox.
  private final AtomicInteger unrecorded = new AtomicInteger(1);
  private final CompletableFuture<Void> recorded = new CompletableFuture<>();
  private final ReaderGuard guard;
  private volatile Optional<Open> open = Optional.empty();
  private final SerialExecutor reports = new SerialExecutor("console");

  /** Belongs to {@link #reports}. */
  private AccountState latest = new AccountState(Phase.CONNECTING, "");

  private record Open(Screen screen, ConsoleOutbound outbound) {}

  ConsoleAdapter(ConsoleSettings settings, AdapterContext context, Screen.Opener opener) {
    this(settings, context, opener, PATIENCE);
  }

  ConsoleAdapter(
      ConsoleSettings settings, AdapterContext context, Screen.Opener opener, Duration patience) {
    this.patience = patience;
    this.context = context;
    this.guard = new ReaderGuard(context.account().toString());
    this.opener = opener;
    this.identity = new ConsoleIdentity(context.account(), settings);
    this.inbound = new ConsoleInbound(identity, rooms, context.clock(), this::publish);
  }

  @Override
  public void start() {
    Thread.ofPlatform().daemon().name("console-" + context.account()).start(this::converse);
  }

  private void converse() {
    try {
      Screen screen = opener.open(this::complete);
      open = Optional.of(new Open(screen, new ConsoleOutbound(identity, screen, inbound)));
      report(Phase.ONLINE, "reads what is typed");
      while (reads(screen)) {
        // Each line is an event, or a deed of whoever sits at the keyboard.
      }
      countRecorded();
      // A full disk takes no event: the end is the end all the same.
      CompletableFuture<Void> _ =
          recorded
              .copy()
              .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((done, late) -> {
                if (late != null) {
                  report(Phase.CLOSED, "end of input; not all that was typed could be recorded");
                }
              });
    } catch (IOException broken) {
      report(Phase.FAILED, "the console cannot be read: " + broken.getMessage());
    } catch (RuntimeException | Error fault) {
      report(Phase.FAILED, "the console cannot be read: internal error: " + fault);
      throw fault;
    }
  }

  private boolean reads(Screen screen) throws IOException {
    Optional<String> line = screen.readLine(inbound.prompt());
    return line.isPresent()
        && guard.read("a line", () -> inbound.read(line.get(), screen), () -> true);
  }

  private List<String> complete(String line) {
    return line.startsWith("/")
        ? ConsoleInbound.COMMANDS
        : context.complete(inbound.where(), inbound.speaker(), line);
  }

  private void publish(ChatEvent event) {
    unrecorded.incrementAndGet();
    CompletionStage<Boolean> recorded = context.publish(event);
    boolean moved =
        (event instanceof MemberJoined joined && joined.member().isSelf())
            || (event instanceof MemberLeft left && left.member().isSelf());
    if (moved) {
      report(Phase.ONLINE, "reads what is typed");
    }
    // A console cannot repeat what the inbox would not take: the core has logged it.
    recorded.whenComplete((fresh, trouble) -> countRecorded());
  }

  private void countRecorded() {
    if (unrecorded.decrementAndGet() == 0) {
      // Perhaps on the thread that a report would wait for.
      EngineThreads.start("console-end", () -> report(Phase.CLOSED, "end of input"));
      recorded.complete(null);
    }
  }

  private void report(Phase phase, String detail) {
    reports.execute(() -> reportNow(phase, detail));
  }

  /** What has ended stays ended, even if the bot leaves a room while it finishes its work. */
  private void reportNow(Phase phase, String detail) {
    if (latest.phase() != Phase.CLOSED) {
      latest =
          new AccountState(
              phase,
              detail,
              rooms.all().stream()
                  .collect(Collectors.toMap(Function.identity(), room -> new RoomState(true, ""))));
      context.report(latest);
    }
  }

  @Override
  public Member self() {
    return identity.self();
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.ROOMS, Capability.RICH_TEXT, Capability.CARDS, Capability.SUBJECT);
  }

  @Override
  public Conversation locate(String room) {
    return identity.locate(room);
  }

  /** A console has no longest message. */
  @Override
  public List<Action> divide(Action action) {
    return List.of(action);
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    return open.map(now -> now.outbound().perform(outgoing.action()))
        .<CompletionStage<Outcome>>map(CompletableFuture::completedStage)
        .orElse(NOT_OPEN);
  }

  /** Nobody keeps a record of what a terminal has shown. */
  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    return CompletableFuture.completedStage(
        new Outcome.Doubtful("a console cannot tell what it has shown before"));
  }

  @Override
  public List<Conversation> rooms() {
    return rooms.all();
  }

  @Override
  public List<Member> members(Conversation room) {
    return rooms.members(room);
  }

  @Override
  public void close() {
    open.ifPresent(now -> now.screen().close());
    open = Optional.empty();
    report(Phase.CLOSED, "closed");
  }
}
