package dev.owlery.adapter.xmpp;

import static dev.owlery.adapter.xmpp.TestAccount.assertDelivered;
import static dev.owlery.adapter.xmpp.TestAccount.direct;
import static dev.owlery.adapter.xmpp.TestAccount.outcome;
import static dev.owlery.adapter.xmpp.TestAccount.outgoing;
import static dev.owlery.adapter.xmpp.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.testkit.RecordingContext;
import dev.owlery.testkit.xmpp.Ejabberd;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What was said while the bot was away, and whether what it said has arrived. */
class CatchUpTest {

  private static TestAccount.With account(XmppServer server, String... rooms) {
    return new TestAccount.With(server).rooms(rooms);
  }

  private static void prepare(XmppServer server) {
    server.register("owl", TestAccount.PASSWORD);
  }

  private static void everythingIsCaughtUpOnce(XmppServer server) {
    prepare(server);
    String here = "owls@" + server.rooms();
    try (RawXmppClient ann = RawXmppClient.join(server, "ann")) {
      ann.enter(here, "ann");
      ann.say("owl@localhost", "before my time");
      ann.sayIn(here, "before my time too");
      ann.settle();
      TestAccount first = account(server, here).online();
      ann.say("owl@localhost", "one");
      ann.sayIn(here, "uno");
      first.expect("one");
      first.expect("uno");
      first.close();
      ann.expect("presence", s -> s.from().equals(here + "/owl") && s.type().equals("unavailable"));
      for (int i = 0; i < 5; i++) {
        ann.say("owl@localhost", "two");
        ann.sayIn(here, "due");
      }
      ann.settle();
      try (TestAccount second = account(server, here).context(first.context).online()) {
        ann.say("owl@localhost", "three");
        ann.sayIn(here, "tre");
        second.expect("three");
        second.expect("tre");
        assertThat(texts(second, direct("ann@localhost")))
            .filteredOn(text -> !text.equals("before my time"))
            .containsExactly("one", "two", "two", "two", "two", "two", "three");
        assertThat(texts(second, room(here)))
            .containsExactly("uno", "due", "due", "due", "due", "due", "tre");
        assertThat(
                second.messages().stream()
                    .filter(each -> each.text().equals("two") || each.text().equals("due"))
                    .map(each -> each.origin().delivery()))
            .containsOnly(Delivery.CATCH_UP);
        assertThat(second.expect("three").origin().delivery()).isEqualTo(Delivery.LIVE);
      }
    }
  }

  private static List<String> texts(TestAccount account, Conversation where) {
    return account.messages().stream()
        .filter(each -> each.where().equals(where))
        .map(MessagePosted::text)
        .toList();
  }

  @Test
  void everythingIsCaughtUpOnceOnProsody() {
    try (Prosody server = Prosody.start()) {
      everythingIsCaughtUpOnce(server);
    }
  }

  @Test
  void everythingIsCaughtUpOnceOnEjabberd() {
    try (Ejabberd server = Ejabberd.start()) {
      everythingIsCaughtUpOnce(server);
    }
  }

  /** XEP-0013: what is in the store is told with the other things that were missed, and removed. */
  @Test
  void whatEjabberdHasStoredIsToldOnceAndRemoved() {
    String count =
        "<query xmlns='http://jabber.org/protocol/disco#info'"
            + " node='http://jabber.org/protocol/offline'/>";
    try (Ejabberd server = Ejabberd.start();
        RawXmppClient ann = joined(server)) {
      TestAccount first = account(server).online();
      ann.say("owl@localhost", "one");
      first.expect("one");
      first.close();
      ann.say("owl@localhost", "two");
      ann.say("owl@localhost", "three");
      ann.settle();
      try (RawXmppClient look = RawXmppClient.open(server)) {
        look.logIn("owl", TestAccount.PASSWORD, "look");
        Pattern both = Pattern.compile("number_of_messages['\"][^>]*><value>[23]<");
        RawXmppClient.await(
            "two in the store", () -> both.matcher(look.ask("", "get", count).raw()).find());
      }
      try (TestAccount second = account(server).context(first.context).online()) {
        second.expect("three");
        assertThat(second.texts()).containsExactly("one", "two", "three");
        assertThat(second.expect("two").origin().delivery()).isEqualTo(Delivery.CATCH_UP);
      }
      assertThat(ann.settle()).as("sent back").noneMatch(s -> s.type().equals("error"));
      try (RawXmppClient look = RawXmppClient.open(server)) {
        look.logIn("owl", TestAccount.PASSWORD, "look");
        assertThat(look.ask("", "get", count).raw())
            .containsPattern("number_of_messages['\"][^>]*><value>0<");
      }
    }
  }

  @Test
  void whereThereIsNoArchiveTheServersOwnStoreIsRead() {
    try (Prosody server = Prosody.start(Prosody.Option.NO_ARCHIVE, Prosody.Option.OFFLINE_STORE);
        RawXmppClient ann = joined(server)) {
      String here = "owls@" + server.rooms();
      ann.enter(here, "ann");
      TestAccount first = account(server, here).online();
      assertThat(first.adapter.capabilities()).doesNotContain(Capability.LOOK_UP);
      ann.sayIn(here, "one");
      first.expect("one");
      first.close();
      ann.expect("presence", s -> s.from().equals(here + "/owl") && s.type().equals("unavailable"));
      ann.say("owl@localhost", "kept");
      ann.sayIn(here, "missed");
      ann.settle();
      try (TestAccount second = account(server, here).context(first.context).online()) {
        assertThat(second.expect("kept").origin().delivery()).isEqualTo(Delivery.CATCH_UP);
        assertThat(second.expect("missed").origin().delivery()).isEqualTo(Delivery.CATCH_UP);
        assertThat(second.texts().stream().filter("one"::equals)).hasSize(1);
      }
    }
  }

  private static RawXmppClient joined(XmppServer server) {
    prepare(server);
    return RawXmppClient.join(server, "ann");
  }

  /** Without a look-up in between a reader that only knows the marks would look too late. */
  @Test
  void whatIsInDoubtForSeveralStartsIsFoundBehindAndBeforeTheMarks() {
    try (Prosody server = Prosody.start(Prosody.Option.LONG_ARCHIVES);
        RawXmppClient ann = joined(server)) {
      String here = "owls@" + server.rooms();
      ann.enter(here, "ann");
      List<Conversation> places = List.of(direct("ann@localhost"), room(here));
      TestAccount first = account(server, here).online();
      List<Outgoing> sent = new ArrayList<>();
      places.forEach(where -> sent.addAll(sayAndHear(first, ann, where)));
      first.close();
      first.context.inDoubtSince(sent.getFirst().handedAt());
      for (int start = 0; start < 2; start++) {
        ann.say("owl@localhost", "later " + start);
        ann.sayIn(here, "later too " + start);
        ann.settle();
        TestAccount next = account(server, here).context(first.context).online();
        next.expect("later " + start);
        next.expect("later too " + start);
        places.forEach(where -> sent.addAll(sayAndHear(next, ann, where)));
        next.close();
      }
      try (TestAccount last = account(server, here).context(first.context).online()) {
        for (Outgoing each : sent) {
          assertThat(outcome(last.adapter.lookUp(each)))
              .as(each.action().toString())
              .isInstanceOf(Outcome.Settled.class);
          assertThat(outcome(last.adapter.lookUp(outgoing(each.action()))))
              .isInstanceOf(Outcome.NotSent.class);
        }
        assertThat(last.texts()).doesNotHaveDuplicates();
      }
    }
  }

  /** Says more than a page of an archive holds, and has Ann say something behind it. */
  private static List<Outgoing> sayAndHear(TestAccount owl, RawXmppClient ann, Conversation where) {
    List<Outgoing> said = new ArrayList<>();
    List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Outgoing each = outgoing(new Say(where, Content.of("one of many")));
      said.add(each);
      outcomes.add(owl.adapter.perform(each));
    }
    assertDelivered(outcomes);
    String heard = "heard " + said.getLast().token();
    if (where.kind() == Conversation.Kind.ROOM) {
      ann.sayIn(where.room(), heard);
    } else {
      ann.say("owl@localhost", heard);
    }
    owl.expect(heard);
    return said;
  }

  @Test
  void howFarTheArchiveWasReadIsKeptWithEachPage() {
    try (Prosody server = Prosody.start(Prosody.Option.LONG_ARCHIVES);
        RawXmppClient ann = joined(server)) {
      TestAccount first = account(server).online();
      first.close();
      Map<String, String> before = first.context.memory().entries("archive:");
      for (int i = 0; i < 160; i++) {
        ann.say("owl@localhost", "n " + i);
      }
      ann.settle();
      List<String> marks = new CopyOnWriteArrayList<>();
      RecordingContext watched = first.context;
      TestAccount second = account(server).context(watched).start();
      second.await(
          "all",
          any -> {
            marks.addAll(watched.memory().entries("archive:").values());
            return second.posted("n 159").isPresent();
          });
      second.awaitOnline();
      marks.addAll(watched.memory().entries("archive:").values());
      second.close();
      assertThat(before).hasSize(1);
      assertThat(marks.stream().distinct().count()).as("places written").isGreaterThan(2);
    }
  }

  @Test
  void whatWasSentIsFoundAgainAfterACrash() {
    try (Prosody server = Prosody.start();
        RawXmppClient ann = joined(server)) {
      String here = "owls@" + server.rooms();
      ann.enter(here, "ann");
      Outgoing toAnn = outgoing(new Say(direct("ann@localhost"), Content.of("pong")));
      Outgoing toAll = outgoing(new Say(room(here), Content.of("pong all")));
      Outgoing never = outgoing(new Say(direct("ann@localhost"), Content.of("pong")));
      Outgoing neverToAll = outgoing(new Say(room(here), Content.of("pong all")));
      TestAccount first = account(server, here).online();
      assertDelivered(List.of(first.adapter.perform(toAnn), first.adapter.perform(toAll)));
      first.close();
      try (TestAccount second = account(server, here).context(first.context).online()) {
        assertThat(second.adapter.capabilities()).contains(Capability.LOOK_UP);
        assertThat(outcome(second.adapter.lookUp(toAnn))).isInstanceOf(Outcome.Settled.class);
        assertThat(outcome(second.adapter.lookUp(toAll))).isInstanceOf(Outcome.Settled.class);
        assertThat(outcome(second.adapter.lookUp(never))).isInstanceOf(Outcome.NotSent.class);
        assertThat(outcome(second.adapter.lookUp(neverToAll))).isInstanceOf(Outcome.NotSent.class);
      }
    }
  }
}
