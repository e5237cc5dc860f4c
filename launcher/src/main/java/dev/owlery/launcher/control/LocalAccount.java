package dev.owlery.launcher.control;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Ask;
import dev.owlery.api.action.EndCall;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The account of those who reach the control socket: each is the verified identity {@code
 * local/UID}, each command is a call in a thread of its own, and goes the way of all commands. Is
 * in no configuration and in no list.
 */
public final class LocalAccount implements Adapter, ControlVerb {

  /** Its name, which no configured account may have. */
  public static final AccountId ID = new AccountId("local");

  private static final Pattern UID = Pattern.compile("[0-9]{1,10}");

  private final AdapterContext context;
  private final Duration signOfLife;
  private final Map<String, LocalCall> calls = new ConcurrentHashMap<>();

  /**
   * Makes the account.
   *
   * @param context the core's side of it
   */
  public LocalAccount(AdapterContext context) {
    this(context, LocalCall.SIGN_OF_LIFE);
  }

  /** Tells clients more often that they wait, for tests. */
  LocalAccount(AdapterContext context, Duration signOfLife) {
    this.context = context;
    this.signOfLife = signOfLife;
  }

  /** Who a user of the operating system is. */
  static Identity identity(int uid) {
    return new Identity(ID, Integer.toString(uid));
  }

  /** Runs a command: {@code line} is its words, {@code asks} whether it may ask the client. */
  @Override
  public void serve(int uid, Map<String, Object> request, ControlConnection client)
      throws IOException {
    String line = String.valueOf(request.getOrDefault("line", ""));
    LocalCall call =
        new LocalCall(
            context, uid, line, Boolean.TRUE.equals(request.get("asks")), client, signOfLife);
    calls.put(call.key(), call);
    try {
      call.run();
    } finally {
      calls.remove(call.key());
      call.end();
    }
  }

  @Override
  public void start() {
    // Its network is the control socket, which is opened when the bot runs.
  }

  @Override
  public Member self() {
    return Member.self("owlery");
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.THREADS);
  }

  @Override
  public Conversation locate(String room) {
    if (!UID.matcher(room).matches()) {
      throw new IllegalArgumentException("only those who use `owlery admin` are here");
    }
    return Conversation.direct(ID, room);
  }

  @Override
  public List<Action> divide(Action action) {
    return List.of(action);
  }

  @Override
  public CompletionStage<Outcome> perform(Outgoing outgoing) {
    Action action = outgoing.action();
    LocalCall call = action.where().thread().map(calls::get).orElse(null);
    if (call == null) {
      return CompletableFuture.completedStage(
          Outcome.refused("whoever asked for it does not listen any more"));
    }
    return switch (action) {
      case Say say -> call.say(say.content().plain());
      case Ask ask -> call.ask(ask);
      case EndCall end when end.call().equals(call.key()) -> call.end(end.trouble());
      case EndCall _ -> CompletableFuture.completedStage(Outcome.DELIVERED);
      default ->
          CompletableFuture.completedStage(
              new Outcome.Settled(new Receipt.Unsupported("`owlery admin` shows text alone")));
    };
  }

  /** What was not shown was not heard, and nobody waits for it now. */
  @Override
  public CompletionStage<Outcome> lookUp(Outgoing outgoing) {
    return CompletableFuture.completedStage(
        Outcome.refused("whoever asked for it does not listen any more"));
  }

  @Override
  public void close() {
    calls.values().forEach(LocalCall::end);
  }
}
