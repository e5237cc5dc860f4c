package dev.owlery.adapter.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.slack.chat.SlackDirectory;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.MessageDeleted;
import dev.owlery.api.event.MessageEdited;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.event.ReactionAdded;
import dev.owlery.api.event.ReactionRemoved;
import dev.owlery.api.event.SubjectChanged;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import dev.owlery.testkit.slack.SlackPace;
import dev.owlery.testkit.slack.SlackRoom;
import dev.owlery.testkit.slack.SlackUser;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens in a workspace, as the core gets it. */
final class EventsTest {

  private SlackDouble slack;
  private SlackUser ann;
  private SlackRoom room;
  private TestAccount account;

  @BeforeEach
  void start() throws Exception {
    slack = SlackDouble.builder().pace(SlackPace.DOCUMENTED.times(0.3)).start();
    slack.channel("owls");
    ann = slack.user("ann");
    room = ann.in("owls");
    account = TestAccount.online(TestSettings.socket(slack));
  }

  @AfterEach
  void stop() {
    account.close();
    slack.close();
  }

  @Test
  void a_message_has_its_place_its_sender_and_who_vouches() throws Exception {
    String ts = room.says("hello <b>");
    MessagePosted posted = account.event(MessagePosted.class);
    assertThat(posted.where()).isEqualTo(Conversation.room(TestAccount.WORK, "#owls"));
    assertThat(posted.text()).isEqualTo("hello <b>");
    assertThat(posted.sender().displayName()).isEqualTo("ann");
    assertThat(posted.sender().identity().map(Object::toString)).contains("work/" + ann.id());
    assertThat(posted.id().orElseThrow().value()).isEqualTo(ts);
    assertThat(posted.origin().key()).contains(ts);
  }

  @Test
  void an_error_that_is_thrown_while_taking_a_delivery_loses_neither_it_nor_the_next()
      throws Exception {
    account.context().failPublishing(new NoClassDefFoundError("Gone"));
    account.context().failPublishing(new OutOfMemoryError("by a test"));
    room.says("first");
    room.says("second");
    List<String> both = List.of("first", "second");
    assertThat(
            account
                .context()
                .await(
                    now -> account.events(MessagePosted.class).size() == both.size(),
                    Duration.ofSeconds(40).toMillis()))
        .isTrue();
    assertThat(account.events(MessagePosted.class))
        .extracting(MessagePosted::text)
        .containsExactlyInAnyOrderElementsOf(both);
  }

  @Test
  void a_text_full_of_unknown_ids_asks_for_a_few_of_them_only() throws Exception {
    int before = slack.calls("users.info").size();
    room.saysRaw(
        IntStream.range(0, 500)
            .mapToObj("<@U%07d> <#C%1$07d>"::formatted)
            .collect(Collectors.joining(" ", "", " <@" + ann.id() + ">")));

    assertThat(account.event(MessagePosted.class).text()).endsWith("#C0000499 @ann");
    assertThat(slack.calls("users.info").size() - before + slack.calls("conversations.info").size())
        .isBetween(1, SlackDirectory.MOST_ASKED + 2);
  }

  @Test
  void threads_edits_deletions_reactions_and_deeds() throws Exception {
    String ts = room.says("one");
    room.replies(ts, "two");
    room.broadcasts(ts, "three");
    room.does("waves");
    room.edits(ts, "one!");
    room.reacts(ts, "+1");
    room.unreacts(ts, "+1");
    room.deletes(ts);
    assertThat(account.event(MessagePosted.class, 1).where().thread()).contains(ts);
    assertThat(account.event(MessagePosted.class, 2).where().thread()).contains(ts);
    assertThat(account.event(MessagePosted.class, 3).tone()).isEqualTo(Tone.DEED);
    assertThat(account.event(MessageEdited.class).content().plain()).isEqualTo("one!");
    assertThat(account.event(ReactionAdded.class).emoji()).isEqualTo("👍");
    assertThat(account.event(ReactionRemoved.class).target().value()).isEqualTo(ts);
    assertThat(account.event(MessageDeleted.class).target().value()).isEqualTo(ts);
    assertThat(account.events(MessagePosted.class)).hasSize(4);
  }

  @Test
  void joins_leaves_names_and_subjects() throws Exception {
    SlackUser bea = slack.user("bea");
    SlackRoom hers = bea.joins("owls");
    MemberJoined joined = account.event(MemberJoined.class, 1);
    assertThat(joined.member().displayName()).isEqualTo("bea");
    bea.isShownAs("Beatrice");
    assertThat(account.event(MemberRenamed.class).after().displayName()).isEqualTo("Beatrice");
    hers.setsTopic("owls & <more>");
    assertThat(account.event(SubjectChanged.class).subject()).isEqualTo("owls & <more>");
    hers.leaves();
    assertThat(account.event(MemberLeft.class).member().handle()).isEqualTo(bea.id());
  }

  @Test
  void files_come_with_their_names() throws Exception {
    room.uploads("notes.txt", "content", "look");
    MessagePosted posted = account.event(MessagePosted.class);
    assertThat(posted.content().text().plain()).isEqualTo("look");
    assertThat(posted.content().files().getFirst().name()).isEqualTo("notes.txt");
    assertThat(posted.content().files().getFirst().size()).hasValue(7);
  }

  @Test
  void direct_and_group_direct_messages() throws Exception {
    ann.direct().says("psst");
    MessagePosted direct = account.event(MessagePosted.class);
    assertThat(direct.where()).isEqualTo(Conversation.direct(TestAccount.WORK, ann.id()));
    ann.directWith(slack.user("bea")).says("we three");
    MessagePosted group = account.event(MessagePosted.class, 1);
    assertThat(group.where().isDirect()).isFalse();
    assertThat(group.where().room()).startsWith("#mpdm-");
  }

  @Test
  void what_is_delivered_twice_or_again_is_published_once() throws Exception {
    slack
        .faults()
        .next(1, new SlackFault.Duplicate())
        .next(1, new SlackFault.LostAcknowledgement());
    room.says("twice");
    room.says("again");
    room.says("last");
    account.event(MessagePosted.class, 2);
    assertThat(account.events(MessagePosted.class))
        .extracting(MessagePosted::text)
        .containsExactly("twice", "again", "last");
  }

  @Test
  void what_was_missed_is_read_in_order_and_once() throws Exception {
    String seen = room.says("seen");
    account.event(MessagePosted.class);
    account.close();
    IntStream.range(0, 5).forEach(i -> room.says("missed " + i));
    room.replies(seen, "in a thread");
    TestAccount back = TestAccount.online(TestSettings.socket(slack), account.context());
    account = back;
    back.event(MessagePosted.class, 6);
    room.says("live");
    back.event(MessagePosted.class, 7);
    List<MessagePosted> all = back.events(MessagePosted.class);
    assertThat(all)
        .extracting(MessagePosted::text)
        .containsExactly(
            "seen",
            "missed 0",
            "missed 1",
            "missed 2",
            "missed 3",
            "missed 4",
            "in a thread",
            "live");
    assertThat(all.get(3).origin().delivery()).isEqualTo(Delivery.CATCH_UP);
    assertThat(all.get(6).where().thread()).contains(seen);
  }

  @Test
  void what_was_missed_is_read_although_slack_fails_at_first() throws Exception {
    room.says("seen");
    account.event(MessagePosted.class);
    account.close();
    room.says("missed");
    slack.faults().next(3, "conversations.history", new SlackFault.ServerError(503));
    account = TestAccount.online(TestSettings.socket(slack), account.context());
    assertThat(account.event(MessagePosted.class, 1).text()).isEqualTo("missed");
  }

  @Test
  void a_connection_that_is_replaced_or_cut_loses_nothing() throws Exception {
    room.says("first");
    account.event(MessagePosted.class);
    slack.sockets().warns();
    slack.await(
        "a second connection", Duration.ofSeconds(10), () -> slack.sockets().connections() > 1);
    room.says("second");
    account.event(MessagePosted.class, 1);
    slack.sockets().drop();
    room.says("third");
    account.event(MessagePosted.class, 2);
    slack.sockets().asksForRefresh();
    room.says("fourth");
    account.event(MessagePosted.class, 3);
    assertThat(account.events(MessagePosted.class)).hasSize(4);
  }

  @Test
  void a_silent_connection_is_given_up() throws Exception {
    slack.sockets().isMute(true);
    slack.sockets().drop();
    account.context().await(c -> c.states().getLast().phase() == Phase.CONNECTING, 10_000);
    slack.sockets().isMute(false);
    account.reaches(Phase.ONLINE);
    room.says("back");
    account.event(MessagePosted.class);
  }

  @Test
  void guests_strangers_and_programs_are_nobody_in_particular() throws Exception {
    slack.user("guest").isGuest(true).in("owls").says("let me in");
    slack.user("stranger").isFrom("T0OTHER").in("owls").says("me too");
    slack.user("admin2").isShownAs("ann").in("owls").says("I am ann");
    assertThat(account.event(MessagePosted.class, 0).sender().identity()).isEmpty();
    assertThat(account.event(MessagePosted.class, 1).sender().identity()).isEmpty();
    assertThat(account.event(MessagePosted.class, 2).sender().identity().orElseThrow().subject())
        .isEqualTo(slack.user("admin2").id());
    slack.sends(
        """
        {"type": "message", "subtype": "bot_message", "bot_id": "B0CI", "username": "ann",
         "user": "%s", "channel": "%s", "ts": "1700000000.000100", "text": "!stop"}
        """
            .formatted(ann.id(), slack.channel("owls").id()));
    MessagePosted bot = account.event(MessagePosted.class, 3);
    assertThat(bot.sender().isBot()).isTrue();
    assertThat(bot.sender().identity()).isEmpty();
  }

  @Test
  void what_is_for_another_app_or_workspace_is_not_taken() throws Exception {
    String first =
        """
        {"type": "message", "user": "%s", "channel": "%s", "ts": "1700000000.000100",
         "text": "not for you"}
        """
            .formatted(ann.id(), slack.channel("owls").id());
    slack.sendsWrapped(
        "{\"team_id\": \"T0OTHER\", \"api_app_id\": \""
            + slack.appId()
            + "\", \"event\": "
            + first
            + "}");
    slack.sendsWrapped(
        "{\"team_id\": \""
            + slack.teamId()
            + "\", \"api_app_id\": \"A0OTHER\", \"event\": "
            + first
            + "}");
    room.says("for you");
    assertThat(account.event(MessagePosted.class).text()).isEqualTo("for you");
  }
}
