package dev.owlery.adapter.slack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.slack.TestAccount;
import dev.owlery.adapter.slack.TestSettings;
import dev.owlery.adapter.slack.api.SlackSettings;
import dev.owlery.api.action.Delete;
import dev.owlery.api.action.Edit;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.OpenDirect;
import dev.owlery.api.action.React;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SendFile;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.content.Text;
import dev.owlery.testkit.RecordingContext;
import dev.owlery.testkit.slack.SlackCall;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bot does in a workspace, as Slack sees it. */
final class SlashCommandsTest {

  private SlackDouble slack;
  private TestAccount account;
  private Conversation owls;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    slack = SlackDouble.start();
    slack.channel("owls");
    account = TestAccount.online(TestSettings.socket(slack));
    owls = account.adapter().locate("#owls");
  }

  @AfterEach
  void stop() {
    account.close();
    slack.close();
  }

  private MessageId said(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Settled.class);
    Receipt receipt = ((Outcome.Settled) outcome).receipt();
    assertThat(receipt).isInstanceOf(Receipt.Delivered.class);
    return ((Receipt.Delivered) receipt).id().orElseThrow();
  }

  @Test
  void post_thread_update_react_and_delete() throws Exception {
    MessageId first = said(account.perform(new Say(owls, Content.of("one <!channel> *x*"))));
    said(account.perform(new Say(owls.inThread(first.value()), Content.of("two"))));
    assertThat(slack.channel("owls").messages())
        .anySatisfy(message -> assertThat(message.thread()).contains(first.value()));
    said(account.perform(new Edit(owls, first, Content.of("changed *y*"))));
    assertThat(slack.channel("owls").textsOfBot()).containsExactly("changed *y*", "two");
    account.perform(new React(owls, first, "👍", true));
    account.perform(new React(owls, first, "👍", true));
    account.perform(new React(owls, first, ":party:", true));
    assertThat(message(first).reactions()).contains("+1");
    account.perform(new React(owls, first, "👍", false));
    assertThat(message(first).reactions()).doesNotContain("+1");
    account.perform(new Delete(owls, first));
    assertThat(slack.channel("owls").textsOfBot()).containsExactly("two");
    SlackCall post = slack.calls("chat.postMessage").getFirst();
    assertThat(post.argument("text")).isEqualTo("one &lt;!channel&gt; *x*");
    assertThat(post.argument("parse")).isEqualTo("none");
    assertThat(post.argument("mrkdwn")).isIn("0", "false");
    assertThat(post.argument("link_names")).isIn("0", "false");
    assertThat(post.argument("unfurl_links")).isIn("0", "false");
  }

  private dev.owlery.testkit.slack.SlackMessage message(MessageId id) {
    return slack.channel("owls").messages().stream()
        .filter(each -> each.ts().equals(id.value()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void cards_files_subjects_and_direct_chats() throws Exception {
    said(account.perform(new Say(owls, Content.of(Card.card("build 7").title("failed").build()))));
    assertThat(slack.channel("owls").messages().getLast().json().toString())
        .contains("build 7", "failed");
    Path file = Files.writeString(folder.resolve("a.txt"), "owls");
    FileRef ref =
        new FileRef(
            "a.txt",
            Optional.empty(),
            OptionalLong.of(4),
            Optional.empty(),
            Optional.of(file.toUri()));
    Outcome sent = account.perform(new SendFile(owls, ref, Text.plain("here")));
    assertThat(sent).isInstanceOf(Outcome.Settled.class);
    String id = slack.channel("owls").messages().getLast().json().at("/files/0/id").asText();
    assertThat(new String(slack.file(id).orElseThrow(), StandardCharsets.UTF_8)).isEqualTo("owls");
    account.perform(new SetSubject(owls, "night"));
    assertThat(slack.channel("owls").topic()).isEqualTo("night");
    String ann = slack.user("ann").id();
    Conversation self = Conversation.ofAccount(TestAccount.WORK);
    assertThat(said(account.perform(new OpenDirect(self, List.of(ann)))).value()).isEqualTo(ann);
    assertThat(
            said(account.perform(new OpenDirect(self, List.of(ann, slack.user("bea").id()))))
                .value())
        .startsWith("#mpdm-");
    said(account.perform(new Say(account.adapter().locate("@ann"), Content.of("psst"))));
    Conversation other = account.adapter().locate("#other");
    slack.channel("other");
    assertThat(account.perform(new Join(other, Optional.empty()))).isEqualTo(Outcome.DELIVERED);
    assertThat(account.adapter().rooms()).contains(other);
    assertThat(account.perform(new Leave(other, ""))).isEqualTo(Outcome.DELIVERED);
    assertThat(account.adapter().rooms()).doesNotContain(other);
  }

  @Test
  void refusals_say_why() throws Exception {
    Conversation nowhere = account.adapter().locate("#nowhere");
    assertThat(account.perform(new Say(nowhere, Content.of("x"))).toString())
        .contains("no channel #nowhere");
    assertThat(account.perform(new Edit(owls, new MessageId("1.1"), Content.of("x"))).toString())
        .contains("message");
  }

  @Test
  void a_lost_answer_is_looked_up_and_nothing_is_said_twice() throws Exception {
    slack.faults().next("chat.postMessage", new SlackFault.LostResponse());
    slack.faults().next("chat.postMessage", new SlackFault.LostRequest());
    slack.faults().next("chat.postMessage", new SlackFault.ServerError(503));
    List<CompletionStage<Outcome>> all =
        IntStream.range(0, 5)
            .mapToObj(i -> account.begin(new Say(owls, Content.of("m" + i))))
            .toList();
    for (CompletionStage<Outcome> each : all) {
      said(each.toCompletableFuture().get(20, TimeUnit.SECONDS));
    }
    assertThat(slack.channel("owls").textsOfBot()).containsExactly("m0", "m1", "m2", "m3", "m4");
  }

  @Test
  void after_a_crash_what_was_said_is_found_by_its_mark() throws Exception {
    Outgoing said = TestAccount.outgoing(new Say(owls, Content.of("same words")));
    Outgoing never = TestAccount.outgoing(new Say(owls, Content.of("same words")));
    account.adapter().perform(said).toCompletableFuture().get(10, TimeUnit.SECONDS);
    account.close();
    account = TestAccount.online(TestSettings.socket(slack), account.context());
    assertThat(account.adapter().lookUp(said).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isInstanceOf(Outcome.Settled.class);
    assertThat(account.adapter().lookUp(never).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isInstanceOf(Outcome.NotSent.class);
  }

  @Test
  void retry_after_is_obeyed_over_a_restart_too() throws Exception {
    slack.faults().next("chat.postMessage", new SlackFault.RateLimited(Duration.ofSeconds(2)));
    long begun = System.nanoTime();
    CompletionStage<Outcome> waits = account.begin(new Say(owls, Content.of("late")));
    slack.await(
        "the refusal", Duration.ofSeconds(5), () -> !slack.calls("chat.postMessage").isEmpty());
    RecordingContext context = account.context();
    account.close();
    assertThat(waits.toCompletableFuture().get(5, TimeUnit.SECONDS))
        .isInstanceOf(Outcome.NotSent.class);
    account = TestAccount.online(TestSettings.socket(slack), context);
    said(account.perform(new Say(owls, Content.of("late"))));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_900));
    assertThat(slack.judge().violations()).isEmpty();
  }

  @Test
  void a_channel_gets_one_message_a_second() throws Exception {
    account.close();
    slack.judge().tolerate(1, 10);
    account = TestAccount.online(TestSettings.socket(slack, new SlackSettings.Flood(1, 1)));
    List<CompletionStage<Outcome>> all =
        IntStream.range(0, 4)
            .mapToObj(i -> account.begin(new Say(owls, Content.of("m" + i))))
            .toList();
    for (CompletionStage<Outcome> each : all) {
      said(each.toCompletableFuture().get(20, TimeUnit.SECONDS));
    }
    assertThat(slack.judge().violations())
        .allSatisfy(each -> assertThat(each.by()).isLessThan(Duration.ofMillis(100)));
    assertThat(slack.channel("owls").textsOfBot()).containsExactly("m0", "m1", "m2", "m3");
  }

  @Test
  void what_is_wrong_with_the_app_is_said_in_one_line() throws Exception {
    slack.sockets().isSwitchedOff();
    assertThat(account.reaches(Phase.FAILED)).contains("Socket Mode is switched off");
    try (SlackDouble lacking = SlackDouble.builder().without("users:read", "chat:write").start()) {
      TestAccount poor =
          TestAccount.started(
              TestSettings.socket(lacking),
              new RecordingContext(TestAccount.WORK, Clock.systemUTC()));
      assertThat(poor.reaches(Phase.FAILED)).contains("users:read").doesNotContain("\n");
      poor.close();
    }
    try (SlackDouble other = SlackDouble.builder().team("T0OTHER").start()) {
      SlackSettings mixed = TestSettings.socket(other);
      SlackSettings wrong = TestSettings.withBotToken(mixed, "xoxb-wrong");
      TestAccount broken =
          TestAccount.started(wrong, new RecordingContext(TestAccount.WORK, Clock.systemUTC()));
      assertThat(broken.reaches(Phase.FAILED))
          .contains("bot-token", "not valid")
          .doesNotContain("xoxb");
      broken.close();
      TestAccount appless =
          TestAccount.started(
              TestSettings.withAppToken(mixed, "xapp-wrong"),
              new RecordingContext(TestAccount.WORK, Clock.systemUTC()));
      assertThat(appless.reaches(Phase.FAILED)).contains("app-token", "not valid");
      appless.close();
    }
  }
}
