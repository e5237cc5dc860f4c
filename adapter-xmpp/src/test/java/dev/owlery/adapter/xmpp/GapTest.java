package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.testkit.RecordingContext;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nothing falls between what the archive tells of the past and what the server tells now. */
class GapTest {
  private static final String OWL = "owl@localhost";

  /** Said to this it comes even before our presence. */
  private static final String CLIENT = OWL + "/owlery";

  private static final String PRESENCE = "<presence";
  private static final String LOOK = "urn:xmpp:mam:2";

  private static TestAccount.With account(Relay relay, String... rooms) {
    return new TestAccount.With("127.0.0.1", relay.port()).rooms(rooms);
  }

  private static RawXmppClient joined(XmppServer server) {
    server.register("owl", TestAccount.PASSWORD);
    return RawXmppClient.join(server, "ann");
  }

  private static List<String> texts(RecordingContext context, Conversation where) {
    return context.events().stream()
        .filter(MessagePosted.class::isInstance)
        .map(MessagePosted.class::cast)
        .filter(each -> each.where().equals(where))
        .map(MessagePosted::text)
        .toList();
  }

  /** Waits until what the server has told the bot so far is read: no archive keeps headlines. */
  private static void settle(RawXmppClient ann, RecordingContext owl) {
    ann.raw("<message to='" + CLIENT + "' type='headline'><body>news</body></message>");
    try {
      assertThat(owl.await(any -> texts(owl, direct("ann@localhost")).contains("news"), 20_000))
          .isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void await(CompletableFuture<Void> done) {
    done.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** The bot has been there and is away. */
  private static RecordingContext seen(Relay relay, RawXmppClient ann, String... rooms) {
    TestAccount first = account(relay, rooms).online();
    ann.say(OWL, "one");
    first.expect("one");
    for (String each : rooms) {
      ann.sayIn(each, "uno");
      first.expect("uno");
    }
    first.close();
    for (String each : rooms) {
      ann.expect("presence", s -> s.from().equals(each + "/owl") && s.type().equals("unavailable"));
    }
    return first.context;
  }

  private static Runnable saying(RawXmppClient ann, String text) {
    return () -> {
      ann.say(OWL, text);
      ann.settle();
    };
  }

  /** Breaks the connection when all that was said before is recorded. */
  private static void breakOff(
      Relay relay, RawXmppClient ann, RecordingContext context, CompletableFuture<Void> cut) {
    settle(ann, context);
    relay.cut();
    cut.complete(null);
  }

  private static void nothingIsLostBeforeThePresence(XmppServer server) throws IOException {
    try (RawXmppClient ann = joined(server);
        Relay relay = Relay.to(server.port())) {
      RecordingContext context = seen(relay, ann);
      CompletableFuture<Void> said = relay.before(PRESENCE, saying(ann, "two"));
      try (TestAccount second = account(relay).context(context).online()) {
        await(said);
        ann.say(OWL, "three");
        second.expect("three");
        assertThat(second.texts()).containsExactly("one", "two", "three");
      }
    }
  }

  @Test
  void whatIsSaidBehindTheArchivesEndAndBeforeOurPresenceComesInOrderOnProsody()
      throws IOException {
    try (Prosody server = Prosody.start()) {
      nothingIsLostBeforeThePresence(server);
    }
  }

  @Test
  void whatIsSaidBehindTheArchivesEndAndBeforeOurPresenceComesInOrderOnEjabberd()
      throws IOException {
    try (Ejabberd server = Ejabberd.start()) {
      nothingIsLostBeforeThePresence(server);
    }
  }

  @Test
  void theFirstTimeNothingIsLostBehindTheArchivesEnd() throws IOException {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = joined(server);
        Relay relay = Relay.to(server.port())) {
      ann.say(OWL, "before my time");
      ann.settle();
      CompletableFuture<Void> said = relay.before(PRESENCE, saying(ann, "one"));
      try (TestAccount owl = account(relay).online()) {
        await(said);
        assertThat(owl.texts()).containsExactly("one");
      }
    }
  }

  /** What is heard while something older is still unread must not pass for all that there was. */
  @Test
  void aConnectionThatBreaksBeforeAllIsReadLosesNothing() throws IOException {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = joined(server);
        Relay relay = Relay.to(server.port())) {
      RecordingContext context = seen(relay, ann);
      CompletableFuture<Void> cut = new CompletableFuture<>();
      Runnable breaks =
          () -> {
            ann.say(CLIENT, "three");
            breakOff(relay, ann, context, cut);
          };
      CompletableFuture<Void> said =
          relay.before(
              PRESENCE,
              () -> {
                ann.say(OWL, "two");
                ann.settle();
                var _ = relay.before(LOOK, breaks);
              });
      try (TestAccount second = account(relay).context(context).start()) {
        await(said);
        await(cut);
        second.awaitOnline();
        assertThat(texts(context, direct("ann@localhost")))
            .filteredOn(text -> !text.equals("news"))
            .containsExactly("one", "two", "three");
      }
    }
  }

  /**
   * The connection breaks in the middle of a stanza. Prosody 0.12 lets the stream be resumed, goes
   * on with the parser of the broken one, and ends it as not-well-formed: then a new login follows.
   */
  @Test
  void aConnectionThatBreaksBeforeARoomIsReadLosesNothing() throws IOException {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = joined(server);
        Relay relay = Relay.to(server.port())) {
      String here = "owls@" + server.rooms();
      ann.enter(here, "ann");
      RecordingContext context = seen(relay, ann, here);
      CompletableFuture<Void> cut = new CompletableFuture<>();
      Runnable breaks =
          () -> {
            ann.sayIn(here, "tre");
            breakOff(relay, ann, context, cut);
          };
      CompletableFuture<Void> said =
          relay.before(
              here + "/owl",
              () -> {
                ann.sayIn(here, "due");
                ann.settle();
                var _ = relay.before(LOOK, breaks);
              });
      try (TestAccount second = account(relay, here).context(context).start()) {
        await(said);
        await(cut);
        second.expect("due");
        second.awaitOnline();
        assertThat(texts(context, room(here))).containsExactlyInAnyOrder("uno", "due", "tre");
      }
    }
  }

  /** On ejabberd a session that was killed is still in its rooms, and the next login hears them. */
  @Test
  void whatIsHeardInARoomBeforeTheBotIsBackThereComesBehindWhatItHasMissed() throws IOException {
    try (Ejabberd server = Ejabberd.start();
        RawXmppClient ann = joined(server);
        Relay relay = Relay.to(server.port())) {
      String here = "owls@" + server.rooms();
      ann.enter(here, "ann");
      TestAccount first = account(relay, here).online();
      ann.sayIn(here, "uno");
      first.expect("uno");
      relay.freeze();
      first.close();
      ann.sayIn(here, "due");
      ann.settle();
      relay.thaw();
      CompletableFuture<Void> said =
          relay.before(
              LOOK,
              () -> {
                ann.sayIn(here, "tre");
                ann.settle();
              });
      try (TestAccount second = account(relay, here).context(first.context).online()) {
        await(said);
        ann.sayIn(here, "quattro");
        second.expect("quattro");
        assertThat(texts(first.context, room(here)))
            .containsExactly("uno", "due", "tre", "quattro");
      }
    }
  }

  /**
   * ejabberd works off what a broken session has left while the next one has begun already: it
   * archives that late, and before what has come meanwhile.
   */
  @Test
  void whatABrokenSessionHasLeftOnEjabberdComesBeforeWhatIsSaidToTheNext() throws IOException {
    int burst = 40;
    List<RawXmppClient> people = new ArrayList<>();
    try (Ejabberd server = Ejabberd.start();
        Relay relay = Relay.to(server.port());
        RawXmppClient ann = joined(server);
        TestAccount first = account(relay).online()) {
      ann.say(OWL, "hello");
      first.expect("hello");
      for (String name : List.of("bea", "cid", "dan", "eve", "fay")) {
        people.add(RawXmppClient.join(server, name));
      }
      relay.freeze();
      say(people, 0, burst);
      relay.cut();
      try (TestAccount next = new TestAccount.With(server).rooms().context(first.context).start()) {
        say(people, burst, 2 * burst);
        List<String> all = IntStream.range(0, 2 * burst).mapToObj(Integer::toString).toList();
        for (RawXmppClient each : people) {
          Conversation chat = direct(each.address().replaceFirst("/.*", ""));
          next.await("all", account -> texts(account.context, chat).size() >= all.size());
          assertThat(texts(next.context, chat)).isEqualTo(all);
          assertThat(each.settle()).as("sent back").noneMatch(s -> s.type().equals("error"));
        }
      }
    } finally {
      people.forEach(RawXmppClient::close);
    }
  }

  @Test
  void aServerThatAllowsOneSessionLetsTheNextOneBegin() throws IOException {
    try (Ejabberd server = Ejabberd.startWithOneSession();
        Relay relay = Relay.to(server.port());
        RawXmppClient ann = joined(server);
        TestAccount first = account(relay).online()) {
      relay.freeze();
      relay.cut();
      try (TestAccount next = new TestAccount.With(server).rooms().context(first.context).start()) {
        ann.say(OWL, "hello");
        next.expect("hello");
        next.awaitOnline();
      }
    }
  }

  private static void say(List<RawXmppClient> people, int from, int to) {
    for (int i = from; i < to; i++) {
      for (RawXmppClient each : people) {
        each.say(OWL, Integer.toString(i));
      }
    }
  }
}
