package dev.owlery.adapter.slack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.slack.TestAccount;
import dev.owlery.adapter.slack.TestSettings;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import dev.owlery.testkit.slack.SlackRoom;
import dev.owlery.testkit.slack.SlackUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said while the bot is away, and while it reads what was said. */
final class CatchUpTest {

  private SlackDouble slack;
  private SlackUser ann;
  private TestAccount account;

  @BeforeEach
  void start() throws Exception {
    slack = SlackDouble.start();
    slack.sockets().givesUpWithoutSocket(true);
    slack.channel("owls");
    slack.channel("quiet").invitesBot();
    ann = slack.user("ann");
    account = TestAccount.online(TestSettings.socket(slack));
  }

  @AfterEach
  void stop() {
    account.close();
    slack.close();
  }

  private void comesBack() throws Exception {
    account = TestAccount.online(TestSettings.socket(slack), account.context());
  }

  private List<String> texts() {
    return account.events(MessagePosted.class).stream().map(MessagePosted::text).toList();
  }

  @Test
  void theFirstWordsInAChannelAreHeardThoughNobodyWasThere() throws Exception {
    account.close();
    ann.in("quiet").says("first");
    comesBack();
    assertThat(account.event(MessagePosted.class).text()).isEqualTo("first");
  }

  @Test
  void anErrorWhileWhatWasMissedIsReadLeavesNoConversationDeaf() throws Exception {
    account.close();
    ann.in("owls").says("missed");
    account.context().failPublishing(new StackOverflowError());
    comesBack();
    ann.in("owls").says("live");
    account.event(MessagePosted.class);
    assertThat(texts()).containsExactly("live");
    account.close();
    comesBack();
    account.event(MessagePosted.class, 1);
    assertThat(texts()).containsExactly("live", "missed");
  }

  @Test
  void theFirstDirectMessageIsHeardThoughNobodyWasThere() throws Exception {
    account.close();
    ann.direct().says("psst");
    ann.directWith(slack.user("bea")).says("we three");
    comesBack();
    account.event(MessagePosted.class, 1);
    assertThat(texts()).containsExactlyInAnyOrder("psst", "we three");
  }

  @Test
  void whereTheBotWasInvitedMeanwhileItHearsWhatWasSaidSince() throws Exception {
    account.close();
    SlackRoom fresh = ann.in("fresh");
    fresh.says("before");
    slack.channel("fresh").invitesBot();
    fresh.says("after");
    comesBack();
    account.event(MessagePosted.class);
    assertThat(texts()).containsExactly("after");
  }

  @Test
  void whatWasSaidBeforeTheVeryFirstLoginIsNotHeard() throws Exception {
    account.close();
    ann.in("quiet").says("old");
    account = TestAccount.online(TestSettings.socket(slack));
    ann.in("quiet").says("new");
    account.event(MessagePosted.class);
    assertThat(texts()).containsExactly("new");
  }

  @Test
  void whatComesWhileTheCatchUpRunsDoesNotHideWhatWasMissed() throws Exception {
    List<SlackRoom> rooms = rooms(7);
    account.close();
    comesBack();
    account.close();
    rooms.forEach(room -> room.says("missed in " + room.channel()));
    slack.faults().every(1, "conversations.history", new SlackFault.ServerError(503));
    account = TestAccount.started(TestSettings.socket(slack), account.context());
    slack.await(
        "the catch-up to begin",
        Duration.ofSeconds(20),
        () -> slack.calls("conversations.history").stream().filter(c -> !c.isOk()).count() > 2);
    Map<SlackRoom, String> said = new HashMap<>();
    rooms.forEach(room -> said.put(room, room.says("live in " + room.channel())));
    said.forEach((room, ts) ->
        slack.await(
            "an acknowledgement", Duration.ofSeconds(20), () -> slack.isAcknowledged(room, ts)));
    account.close();
    slack.faults().clear();
    comesBack();
    account.event(MessagePosted.class, 13);
    for (SlackRoom room : rooms) {
      assertThat(texts().stream().filter(text -> text.endsWith(room.channel())))
          .containsExactly("missed in " + room.channel(), "live in " + room.channel());
    }
  }

  @Test
  void manyChannelsAreReadSideBySideAndThoseWhereSomebodySpeaksFirst() throws Exception {
    List<SlackRoom> rooms = rooms(60);
    account.close();
    rooms.forEach(room -> room.says("missed in " + room.channel()));
    slack.faults().every(1, "conversations.history", new SlackFault.Slow(Duration.ofMillis(400)));
    int before = slack.calls("conversations.history").size();
    account = TestAccount.started(TestSettings.socket(slack), account.context());
    slack.await(
        "the catch-up to begin",
        Duration.ofSeconds(20),
        () -> slack.calls("conversations.history").size() > before + 2);
    // The newest events are those of the invitations, so the first room is the last one.
    SlackRoom last = rooms.getFirst();
    last.says("live in " + last.channel());
    account.context().await(c -> texts().contains("live in " + last.channel()), 10_000);
    List<String> then = texts();
    assertThat(then)
        .containsSubsequence("missed in " + last.channel(), "live in " + last.channel());
    assertThat(then.size()).as("others read before").isLessThan(60);
    account.reaches(Phase.ONLINE);
    account.event(MessagePosted.class, 60);
  }

  private List<SlackRoom> rooms(int number) {
    List<SlackRoom> rooms = new ArrayList<>();
    IntStream.range(0, number)
        .forEach(i -> {
          slack.channel("many-" + i).invitesBot();
          rooms.add(ann.in("many-" + i));
        });
    slack.await(
        "the invitations to arrive",
        Duration.ofSeconds(20),
        () -> account.adapter().rooms().size() >= number + 2);
    return rooms;
  }
}
