package dev.owlery.adapter.irc;

import static dev.owlery.adapter.irc.TestAccount.assertDelivered;
import static dev.owlery.adapter.irc.TestAccount.assertRefused;
import static dev.owlery.adapter.irc.TestAccount.direct;
import static dev.owlery.adapter.irc.TestAccount.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.SubjectChanged;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds on every IRC server, rich or plain. */
abstract class EveryServerTest {
  private IrcServer server;
  private TestAccount owl;
  private IrcWitness ann;

  /** Starts a server; called for each test. */
  abstract IrcServer startServer();

  @BeforeEach
  void annAndTheOwlMeet() {
    server = startServer();
    ann = IrcWitness.connect(server, "ann");
    ann.join("#owls");
    owl = new TestAccount.With(server).online();
  }

  @AfterEach
  void everybodyLeaves() {
    if (owl != null) {
      owl.close();
    }
    server.close();
  }

  @Test
  void aMessageInARoomIsHeardAndAnswered() {
    ann.say("#owls", "hello \u0002owl\u0002");
    MessagePosted heard = owl.expect("hello owl");
    assertThat(heard.where()).isEqualTo(room("#owls"));
    assertThat(heard.sender().handle()).isEqualTo("ann");
    assertThat(heard.sender().identity()).isEmpty();
    assertThat(heard.tone()).isEqualTo(Tone.NORMAL);

    assertDelivered(owl.say(room("#owls"), "hello ann"));
    ann.expect(":owl!\\S+ PRIVMSG #owls :?hello ann$");
  }

  @Test
  void aPrivateMessageIsADirectChat() {
    ann.say("OWL", "psst");
    assertThat(owl.expect("psst").where()).isEqualTo(direct("ann"));
    assertDelivered(owl.say(direct("ann"), "yes?"));
    ann.expect(":owl!\\S+ PRIVMSG ann :?yes\\?$");
  }

  @Test
  void deedsAndNoticesKeepTheirTone() {
    ann.say("#owls", "\u0001ACTION waves\u0001");
    assertThat(owl.expect("waves").tone()).isEqualTo(Tone.DEED);
    ann.raw("NOTICE #owls :backup done");
    assertThat(owl.expect("backup done").tone()).isEqualTo(Tone.NOTICE);

    Content content = Content.of("hoots");
    owl.perform(new Say(room("#owls"), content, Tone.DEED, Optional.empty()));
    owl.perform(new Say(room("#owls"), content, Tone.NOTICE, Optional.empty()));
    ann.expect("PRIVMSG #owls :\u0001ACTION hoots\u0001$");
    ann.expect("NOTICE #owls :?hoots$");
  }

  @Test
  void formattingIsShown() {
    owl.perform(new Say(room("#owls"), Content.of(Text.markdown("a **b**"))));
    ann.expect("PRIVMSG #owls :a \u0002b\u0002$");
  }

  @Test
  void twentyKilobytesWithoutASpaceArriveWhole() {
    String text = "x".repeat(20_000);
    assertDelivered(owl.say(room("#owls"), text));
    assertThat(heardByAnn()).isEqualTo(text);
  }

  @Test
  void fourHundredEmojiArriveWhole() {
    String text = "👩🏻‍❤️‍💋‍👨🏾👨‍👩‍👧‍👦🏳️‍🌈🇩🇪".repeat(100);
    assertDelivered(owl.say(room("#owls"), text));
    assertThat(heardByAnn()).isEqualTo(text);
    assertThat(ann.lines()).noneMatch(line -> line.contains("\ufffd"));
  }

  private String heardByAnn() {
    ann.settle();
    return String.join("", ann.textsFrom("owl", "#owls"));
  }

  @Test
  void manyLinesKeepTheirOrder() {
    List<String> lines = IntStream.range(0, 2_000).mapToObj(i -> "line " + i).toList();
    var outcomes = lines.stream().flatMap(line -> owl.say(room("#owls"), line).stream()).toList();
    assertDelivered(outcomes);
    ann.settle();
    assertThat(ann.textsFrom("owl", "#owls")).isEqualTo(lines);

    lines.forEach(line -> ann.say("#owls", line));
    owl.expect("line 1999");
    assertThat(owl.messages().stream().map(MessagePosted::text)).containsSubsequence(lines);
    assertThat(owl.messages()).hasSize(2_000);
  }

  @Test
  void whatTheServerRefusesIsRefused() {
    assertRefused(owl.say(direct("nobody-here"), "hello").getFirst());
    assertRefused(owl.say(room("#elsewhere"), "hello").getFirst());
    assertRefused(owl.perform(new SetSubject(room("#elsewhere"), "hi")).getFirst());
    assertDelivered(owl.say(room("#owls"), "still here"));
  }

  @Test
  void comingsAndGoingsAreSeen() {
    IrcWitness ben = IrcWitness.connect(server, "ben");
    ben.join("#owls");
    ben.raw("NICK benny");
    ben.expect("NICK :?benny");
    ben.raw("PART #owls :enough");
    ben.join("#owls");
    ben.raw("QUIT :bye");
    owl.await("ben's quit", any -> owl.events(MemberLeft.class).size() == 2);
    assertThat(owl.events(MemberJoined.class).stream().map(e -> e.member().handle()))
        .containsExactly("owl", "ben", "benny");
    assertThat(owl.events(MemberJoined.class).getFirst().member().isSelf()).isTrue();
    assertThat(owl.events(MemberRenamed.class))
        .singleElement()
        .matches(e -> e.before().handle().equals("ben") && e.after().handle().equals("benny"));
    assertThat(owl.events(MemberLeft.class).stream().map(MemberLeft::how))
        .containsExactly(MemberLeft.How.LEFT, MemberLeft.How.QUIT);
    assertThat(owl.adapter.members(room("#owls")).stream().map(Member::handle))
        .containsExactlyInAnyOrder("ann", "owl");
    ben.close();
  }

  @Test
  void roomsAreJoinedAndLeftOnRequest() {
    assertDelivered(owl.perform(new Join(room("#nest"), Optional.empty())));
    assertThat(owl.adapter.rooms()).contains(room("#owls"), room("#nest"));
    ann.join("#nest");
    ann.raw("TOPIC #owls :feathers");
    owl.await("the subject", any -> !owl.events(SubjectChanged.class).isEmpty());
    assertThat(owl.events(SubjectChanged.class).getLast().subject()).isEqualTo("feathers");
    assertDelivered(owl.perform(new SetSubject(room("#nest"), "twigs")));
    ann.expect("TOPIC #nest :?twigs");
    assertDelivered(owl.perform(new Leave(room("#nest"), "too high")));
    ann.expect(":owl!\\S+ PART #nest :?\"?too high\"?");
    owl.await("gone", any -> !owl.adapter.rooms().contains(room("#nest")));
    ann.raw("PART #nest");
  }

  @Test
  void afterAKickTheOwlComesBack() {
    ann.raw("KICK #owls owl :shoo");
    owl.await("the kick", any -> !owl.events(MemberLeft.class).isEmpty());
    ann.expect(":owl!\\S+ JOIN ");
    owl.await("back in", any -> owl.events(MemberJoined.class).size() == 2);
    owl.await("state", any -> owl.state().rooms().get(room("#owls")).joined());
    assertThat(owl.events(MemberLeft.class).getFirst().how()).isEqualTo(MemberLeft.How.KICKED);
    assertThat(owl.events(MemberLeft.class).getFirst().reason()).contains("ann").contains("shoo");
    assertDelivered(owl.say(room("#owls"), "here again"));
  }

  @Test
  void aNickInUseIsReplacedAndRegained() {
    owl.close();
    ann.expect(":owl!\\S+ QUIT");
    IrcWitness thief = IrcWitness.connect(server, "owl");
    owl = new TestAccount.With(server).alternatives("eule").online();
    assertThat(owl.adapter.self().handle()).isEqualTo("eule");
    thief.raw("QUIT :had enough");
    ann.expect(":eule!\\S+ NICK :?owl");
    owl.await("the nick", any -> owl.state().detail().startsWith("owl "));
    assertThat(owl.adapter.self().handle()).isEqualTo("owl");
    thief.close();
  }

  @Test
  void aKilledServerIsFoundAgain() {
    server.kill();
    owl.await("offline", any -> owl.state().phase() == AccountState.Phase.CONNECTING);
    server.restart();
    owl.awaitOnline();
    ann.close();
    ann = IrcWitness.connect(server, "ann");
    ann.join("#owls");
    assertDelivered(owl.say(room("#owls"), "back"));
    ann.expect("PRIVMSG #owls :?back");
  }

  @Test
  void ctcpIsAnsweredOnceAndNoticesNever() {
    ann.say("owl", "\u0001VERSION\u0001");
    ann.expect(":owl!\\S+ NOTICE ann :\u0001VERSION Owlery test\u0001$");
    ann.say("owl", "\u0001PING 12345\u0001");
    ann.raw("NOTICE owl :\u0001VERSION\u0001");
    ann.raw("NOTICE owl :hello");
    ann.say("owl", "\u0001DCC SEND passwd 2130706433 4000 10\u0001");
    ann.expect(":owl!\\S+ NOTICE ann :\u0001DCC REJECT SEND passwd\u0001$");
    ann.expect(":owl!\\S+ NOTICE ann :I have not taken passwd: files by DCC are switched off here");
    owl.expect("hello");
    owl.say(direct("ann"), "done");
    ann.expect("PRIVMSG ann :?done");
    assertThat(ann.lines().stream().filter(line -> line.matches(":owl!\\S+ NOTICE .*"))).hasSize(3);
    assertThat(owl.messages()).hasSize(1);
  }

  @Test
  void aPlainServerNeverLendsAnIdentity() {
    ann.say("#owls", "I am admin");
    assertThat(owl.expect("I am admin").sender().identity()).isEmpty();
  }
}
