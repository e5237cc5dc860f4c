package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.link.XmppFileSettings;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.link.XmppSettings.Flood;
import dev.owlery.adapter.xmpp.link.XmppSettings.Invitations;
import dev.owlery.adapter.xmpp.link.XmppSettings.Ping;
import dev.owlery.adapter.xmpp.link.XmppSettings.Retry;
import dev.owlery.adapter.xmpp.link.XmppSettings.Subscriptions;
import dev.owlery.adapter.xmpp.link.XmppSettings.Tls;
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
import dev.owlery.testkit.xmpp.XmppServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An account {@code net} with the address owl@localhost, and what it told the core. */
public final class TestAccount implements AutoCloseable {
  public static final AccountId ID = new AccountId("net");
  public static final String PASSWORD = "secret";

  public final RecordingContext context;
  public final Adapter adapter;

  private TestAccount(XmppSettings settings, RecordingContext context) {
    this.context = context;
    adapter = new XmppAdapterProvider().create(settings, context);
  }

  /** Settings that a test may change piece by piece. */
  public static final class With {
    private final String host;
    private int port;
    private String jid = "owl@localhost";
    private String nick = "owl";
    private String password = PASSWORD;
    private Tls tls = Tls.OFF;
    private boolean allowPlain;
    private Optional<String> fingerprint = Optional.empty();
    private Optional<Path> authority = Optional.empty();
    private List<String> rooms = List.of("owls@rooms.localhost");
    private Subscriptions subscriptions = Subscriptions.ACCEPT;
    private Invitations invitations = Invitations.REFUSE;
    private XmppSettings.StoredMessages stored = XmppSettings.StoredMessages.TAKE;
    private Ping ping =
        new Ping(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60));
    private XmppFileSettings files =
        new XmppFileSettings(
            List.of(), Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());
    private Map<String, String> topics = Map.of();
    private RecordingContext context = new RecordingContext(ID, Clock.systemUTC());

    public With(XmppServer server) {
      this(server.host(), server.port());
    }

    public With(String host, int port) {
      this.host = host;
      this.port = port;
    }

    public With jid(String address) {
      jid = address;
      return this;
    }

    With password(String secret) {
      password = secret;
      return this;
    }

    public With tls(Tls how, int tlsPort, Optional<String> pin, Optional<Path> trusted) {
      tls = how;
      port = tlsPort;
      fingerprint = pin;
      authority = trusted;
      return this;
    }

    With allowPlain() {
      allowPlain = true;
      return this;
    }

    With nick(String name) {
      nick = name;
      return this;
    }

    public With rooms(String... names) {
      rooms = List.of(names);
      return this;
    }

    With subscriptions(Subscriptions policy) {
      subscriptions = policy;
      return this;
    }

    With invitations(Invitations policy) {
      invitations = policy;
      return this;
    }

    public With offline(XmppSettings.StoredMessages policy) {
      stored = policy;
      return this;
    }

    public With ping(Duration every, Duration patience, Duration ofRooms) {
      ping = new Ping(every, patience, ofRooms);
      return this;
    }

    public With files(XmppFileSettings how) {
      files = how;
      return this;
    }

    With topics(Map<String, String> nodes) {
      topics = nodes;
      return this;
    }

    With context(RecordingContext earlier) {
      context = earlier;
      return this;
    }

    public XmppSettings settings() {
      return new XmppSettings(
          jid,
          new Secret(password),
          Optional.of(host),
          port,
          tls,
          false,
          allowPlain,
          fingerprint,
          authority,
          "owlery",
          Optional.of(nick),
          rooms,
          subscriptions,
          invitations,
          stored,
          new Flood(0, 1),
          ping,
          new Retry(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(100)),
          files,
          topics);
    }

    /** Starts the account and does not wait. */
    public TestAccount start() {
      TestAccount account = new TestAccount(settings(), context);
      account.adapter.start();
      return account;
    }

    /** Starts the account and waits until it is online. */
    public TestAccount online() {
      TestAccount account = start();
      try {
        account.awaitOnline();
      } catch (AssertionError notOnline) {
        account.close(); // else it would throw out the accounts of the tests that follow
        throw notOnline;
      }
      return account;
    }
  }

  public static Conversation room(String name) {
    return Conversation.room(ID, name);
  }

  public static Conversation direct(String address) {
    return Conversation.direct(ID, address);
  }

  public AccountState state() {
    List<AccountState> states = context.states();
    return states.isEmpty()
        ? new AccountState(AccountState.Phase.CONNECTING, "nothing reported")
        : states.getLast();
  }

  public void awaitOnline() {
    await("online", account -> account.state().phase() == AccountState.Phase.ONLINE);
  }

  public void await(String what, Predicate<TestAccount> condition) {
    try {
      assertThat(context.await(any -> condition.test(this), 20_000))
          .as("%s; states %s, events %s", what, context.states(), context.events())
          .isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** Waits for a message. */
  public MessagePosted expect(String text) {
    await("message " + text, account -> account.posted(text).isPresent());
    return posted(text).orElseThrow();
  }

  /** Waits for an event. */
  <E extends ChatEvent> E expect(Class<E> type) {
    await(type.getSimpleName(), account -> !account.events(type).isEmpty());
    return events(type).getLast();
  }

  Optional<MessagePosted> posted(String text) {
    return messages().stream().filter(each -> each.text().equals(text)).findFirst();
  }

  List<MessagePosted> messages() {
    return events(MessagePosted.class);
  }

  public List<String> texts() {
    return messages().stream().map(MessagePosted::text).toList();
  }

  public <E extends ChatEvent> List<E> events(Class<E> type) {
    return context.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Says something, in as many parts as it takes. */
  public List<CompletionStage<Outcome>> say(Conversation where, String text) {
    return perform(new Say(where, Content.of(text)));
  }

  public List<CompletionStage<Outcome>> perform(Action action) {
    List<CompletionStage<Outcome>> all = new ArrayList<>();
    adapter.divide(action).forEach(part -> all.add(adapter.perform(outgoing(part))));
    return all;
  }

  public static Outgoing outgoing(Action action) {
    return new Outgoing(UUID.randomUUID().toString(), action, 1, Instant.now());
  }

  public static Outcome outcome(CompletionStage<Outcome> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  public static void assertDelivered(List<CompletionStage<Outcome>> stages) {
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
