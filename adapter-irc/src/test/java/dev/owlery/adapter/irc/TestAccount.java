package dev.owlery.adapter.irc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.irc.IrcSettings.Flood;
import dev.owlery.adapter.irc.IrcSettings.Ping;
import dev.owlery.adapter.irc.IrcSettings.Retry;
import dev.owlery.adapter.irc.IrcSettings.Sasl;
import dev.owlery.adapter.irc.IrcSettings.Tls;
import dev.owlery.api.action.Action;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.settings.Secret;
import dev.owlery.testkit.RecordingContext;
import dev.owlery.testkit.irc.IrcServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * An account named {@code net} with nick {@code owl} on a test server, and what it told the core.
 */
final class TestAccount implements AutoCloseable {
  static final AccountId ID = new AccountId("net");

  final RecordingContext context;
  final Adapter adapter;

  private TestAccount(IrcSettings settings, RecordingContext context) {
    this.context = context;
    adapter = new IrcAdapterProvider().create(settings, context);
  }

  /** Settings that a test may change piece by piece. */
  static final class With {
    private final String host;
    private final int port;
    private Tls tls = Tls.OFF;
    private Optional<String> fingerprint = Optional.empty();
    private Optional<Path> authority = Optional.empty();
    private String nick = "owl";
    private List<String> alternatives = List.of();
    private Optional<Secret> password = Optional.empty();
    private Optional<Sasl> sasl = Optional.empty();
    private List<String> rooms = List.of("#owls");
    private Flood flood = new Flood(0, 1);
    private Ping ping = new Ping(Duration.ofSeconds(10), Duration.ofSeconds(5));
    private DccSettings dcc =
        new DccSettings(false, false, Optional.empty(), "0", List.of(), PATIENCE);
    private RecordingContext context = new RecordingContext(ID, Clock.systemUTC());

    With(IrcServer server) {
      this(server.host(), server.port());
    }

    With(String host, int port) {
      this.host = host;
      this.port = port;
    }

    With tls(Optional<String> pin, Optional<Path> trusted) {
      tls = Tls.REQUIRED;
      fingerprint = pin;
      authority = trusted;
      return this;
    }

    With nick(String wanted) {
      nick = wanted;
      return this;
    }

    With alternatives(String... nicks) {
      alternatives = List.of(nicks);
      return this;
    }

    With password(String secret) {
      password = Optional.of(new Secret(secret));
      return this;
    }

    With sasl(Sasl login) {
      sasl = Optional.of(login);
      return this;
    }

    With rooms(String... names) {
      rooms = List.of(names);
      return this;
    }

    With flood(int burst, double perSecond) {
      flood = new Flood(burst, perSecond);
      return this;
    }

    With ping(Duration every, Duration patience) {
      ping = new Ping(every, patience);
      return this;
    }

    With dcc(boolean passive, String... allow) {
      dcc = new DccSettings(true, passive, Optional.empty(), "0", List.of(allow), PATIENCE);
      return this;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    With context(RecordingContext earlier) {
      context = earlier;
      return this;
    }

    IrcSettings settings() {
      return new IrcSettings(
          host,
          port,
          tls,
          false,
          fingerprint,
          authority,
          nick,
          alternatives,
          Optional.empty(),
          Optional.empty(),
          password,
          sasl,
          rooms,
          flood,
          ping,
          new Retry(
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofMillis(100),
              Duration.ofMillis(300)),
          dcc);
    }

    /** Starts the account and does not wait. */
    TestAccount start() {
      TestAccount account = new TestAccount(settings(), context);
      account.adapter.start();
      return account;
    }

    /** Starts the account and waits until it is online. */
    TestAccount online() {
      TestAccount account = start();
      account.awaitOnline();
      return account;
    }
  }

  static Conversation room(String name) {
    return Conversation.room(ID, name);
  }

  static Conversation direct(String nick) {
    return Conversation.direct(ID, nick);
  }

  AccountState state() {
    List<AccountState> states = context.states();
    return states.isEmpty()
        ? new AccountState(AccountState.Phase.CONNECTING, "nothing reported")
        : states.getLast();
  }

  void awaitOnline() {
    await("online", account -> account.state().phase() == AccountState.Phase.ONLINE);
  }

  void await(String what, Predicate<TestAccount> condition) {
    try {
      assertThat(context.await(any -> condition.test(this), 15_000))
          .as("%s; states %s, events %s", what, context.states(), context.events())
          .isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** Waits for a message. */
  MessagePosted expect(String text) {
    await("message " + text, account -> account.posted(text).isPresent());
    return posted(text).orElseThrow();
  }

  Optional<MessagePosted> posted(String text) {
    return messages().stream().filter(each -> each.text().equals(text)).findFirst();
  }

  List<MessagePosted> messages() {
    return events(MessagePosted.class);
  }

  <E extends ChatEvent> List<E> events(Class<E> type) {
    return context.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Says something, in as many parts as it takes. */
  List<CompletionStage<Outcome>> say(Conversation where, String text) {
    return perform(new Say(where, Content.of(text)));
  }

  List<CompletionStage<Outcome>> perform(Action action) {
    List<CompletionStage<Outcome>> all = new ArrayList<>();
    adapter.divide(action).forEach(part -> all.add(adapter.perform(outgoing(part))));
    return all;
  }

  static Outgoing outgoing(Action action) {
    return new Outgoing(UUID.randomUUID().toString(), action, 1, Instant.now());
  }

  static Outcome outcome(CompletionStage<Outcome> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  static void assertDelivered(List<CompletionStage<Outcome>> stages) {
    assertThat(stages).isNotEmpty();
    for (CompletionStage<Outcome> stage : stages) {
      assertThat(outcome(stage))
          .isInstanceOfSatisfying(
              Outcome.Settled.class,
              settled -> assertThat(settled.receipt()).isInstanceOf(Receipt.Delivered.class));
    }
  }

  static void assertRefused(CompletionStage<Outcome> stage) {
    assertThat(outcome(stage))
        .isInstanceOfSatisfying(
            Outcome.Settled.class,
            settled -> assertThat(settled.receipt()).isInstanceOf(Receipt.Refused.class));
  }

  @Override
  public void close() {
    adapter.close();
  }
}
