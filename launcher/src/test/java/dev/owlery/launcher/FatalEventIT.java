package dev.owlery.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.core.journal.Durability;
import dev.owlery.core.journal.EventAttempts;
import dev.owlery.core.journal.Journal;
import dev.owlery.core.journal.SqliteJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that ends the process is found and put aside, and no other is. */
final class FatalEventIT {

  private static final int EVENTS = 1_000;
  private static final int ROOMS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Pattern ANSWER = Pattern.compile("heard number-[0-9]+\\b");

  @TempDir private Path folder;
  private final Set<String> answers = new HashSet<>();

  @ParameterizedTest
  @ValueSource(strings = {"exit", "heap", "native"})
  @Timeout(120)
  void theThirdStartAnswersAllOthers(String way) throws Exception {
    leave(EVENTS, EVENTS / 2, way);
    for (int start = 1; start <= EventAttempts.MOST; start++) {
      try (OwleryProcess dying = start()) {
        assertThat(dying.exitCode()).isNotIn(0, -1);
        assertThat(dying.err()).doesNotContain("put aside");
        collectAnswers(dying);
      }
    }
    try (OwleryProcess bot = start()) {
      await().atMost(PATIENCE).until(() -> !bot.isAlive() || collectAnswers(bot) == EVENTS - 1);
      assertThat(bot.isAlive()).isTrue();
      assertThat(bot.err())
          .contains("event " + (EVENTS / 2 + 1) + " in here/#room-0 is put aside")
          .contains("FatalPlugin.heard(MessagePosted) handled it");
      await().atMost(PATIENCE).until(() -> bot.out().contains("I have put event"));
      bot.type("inbox list");
      await().atMost(PATIENCE).until(() -> bot.out().contains("ended the bot 2 times in plugin"));
      bot.type("inbox show " + (EVENTS / 2 + 1));
      await().atMost(PATIENCE).until(() -> bot.out().contains("MessagePosted by ann: " + way));
      bot.terminate();
      assertThat(bot.exitCode()).isZero();
    }
    try (Journal journal = journal()) {
      assertThat(journal.recover().events()).noneMatch(FatalEventIT::isMessage);
      assertThat(journal.values("plugin.fatal", FatalPlugin.DONE + "number").keySet())
          .hasSize(EVENTS - 1);
    }
  }

  @Test
  @Timeout(60)
  void aStopInGoodOrderIsNoAttempt() throws Exception {
    leave(1, 0, "wait");
    try (OwleryProcess bot = start()) {
      await().atMost(PATIENCE).until(() -> bot.out().contains("waiting"));
      bot.terminate();
      assertThat(bot.exitCode()).isIn(0, 1);
    }
    try (Journal journal = journal()) {
      Journal.Recovery left = journal.recover();
      assertThat(left.events()).filteredOn(FatalEventIT::isMessage).hasSize(1);
      assertThat(left.attempts()).isEmpty();
    }
  }

  @Test
  @Timeout(60)
  void anEventThatWasPutAsideCanBeHandledAgainAndDropped() throws Exception {
    leave(1, 0, "exit");
    for (int start = 0; start < 2; start++) {
      try (OwleryProcess dying = start()) {
        assertThat(dying.exitCode()).isEqualTo(7);
        assertThat(dying.err())
            .contains("plugin fatal ends the process: FatalPlugin.heard")
            .contains("    at dev.owlery.launcher.FatalPlugin.heard(");
      }
    }
    try (OwleryProcess dying = start()) {
      await().atMost(PATIENCE).until(() -> dying.err().contains(" ready: "));
      dying.type("inbox retry 1");
      assertThat(dying.exitCode()).isEqualTo(7);
    }
    try (OwleryProcess bot = start()) {
      await().atMost(PATIENCE).until(() -> bot.err().contains(" ready: "));
      assertThat(bot.err()).contains("event 1 in here/#room-0 is put aside");
      bot.type("inbox drop 1");
      bot.type("inbox list");
      await().atMost(PATIENCE).until(() -> bot.out().contains("no event was put aside"));
      assertThat(bot.out()).contains("dropped 1");
    }
  }

  /** How many answers there were in all starts together. */
  private int collectAnswers(OwleryProcess bot) {
    Matcher answer = ANSWER.matcher(bot.out());
    while (answer.find()) {
      answers.add(answer.group());
    }
    return answers.size();
  }

  private static boolean isMessage(Journal.InboxEntry entry) {
    return entry.event() instanceof MessagePosted;
  }

  /** Messages that an earlier process has recorded and not handled. */
  private void leave(int count, int fatal, String way) {
    try (Journal journal = journal()) {
      assertThat(journal.recover().events()).isEmpty();
      for (int i = 0; i < count; i++) {
        Conversation room = Conversation.room(new AccountId("here"), "#room-" + i % ROOMS);
        MessagePosted message =
            new MessagePosted(
                Origin.live("key-" + i, Clock.systemUTC().instant()),
                room,
                Member.unverified("ann"),
                Content.of(i == fatal ? way : "number-" + i),
                Tone.NORMAL,
                Optional.empty(),
                Optional.empty());
        journal.record(message, entry -> {}).toCompletableFuture().join();
      }
    }
  }

  private Journal journal() {
    return SqliteJournal.open(folder.resolve("data"), Durability.CRASH, Clock.systemUTC());
  }

  private OwleryProcess start() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("test.conf"),
            """
            bot { durability = crash, data-dir = data, alerts = [ "here/ops" ] }
            accounts { here { protocol = console, mode = pipe } }
            plugins = [ admin, "%s" ]
            """
                .formatted(FatalPlugin.class.getName()));
    return OwleryProcess.start(
        folder,
        List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash"),
        "run",
        "--config",
        file.toString());
  }
}
