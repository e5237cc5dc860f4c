package dev.owlery.plugins.filerelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.action.Edit;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.api.settings.SettingException;
import dev.owlery.plugins.filerelay.FileRelaySettings.After;
import dev.owlery.plugins.filerelay.FileRelaySettings.AnnouncementSettings;
import dev.owlery.plugins.filerelay.FileRelaySettings.Links;
import dev.owlery.plugins.filerelay.FileRelaySettings.Receive;
import dev.owlery.plugins.filerelay.FileRelaySettings.SendFolder;
import dev.owlery.plugins.filerelay.FileRelaySettings.Watched;
import dev.owlery.testkit.BotScenario;
import dev.owlery.testkit.BotScenarioBuilder;
import dev.owlery.testkit.FakeFiles;
import dev.owlery.testkit.FakeHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are sent when they appear, received, asked for, and told about. */
@Timeout(120)
class FileRelayPluginTest {

  private static final boolean FULL = "full".equals(System.getProperty("owlery.proof"));
  private static final int GROUPS = 4;
  private static final int MANY = FULL ? 10_000 : 300;

  @TempDir private Path scratch;
  private Path outbox;
  private Path received;
  private Path data;

  @BeforeEach
  void makeFolders() throws IOException {
    outbox = Files.createDirectory(scratch.resolve("outbox"));
    received = Files.createDirectory(scratch.resolve("received"));
    data = scratch.resolve("data");
  }

  private Watched watched(After after, Optional<Path> moveTo) {
    return watched(after, moveTo, Optional.empty(), Optional.empty());
  }

  private Watched watchedIn(String hours) {
    return watched(After.KEEP, Optional.empty(), Optional.of(hours), Optional.empty());
  }

  private Watched watchedAt(String schedule) {
    return watched(After.KEEP, Optional.empty(), Optional.empty(), Optional.of(schedule));
  }

  private Watched watched(
      After after, Optional<Path> moveTo, Optional<String> hours, Optional<String> schedule) {
    return new Watched(
        outbox,
        "here/ann",
        List.of("*.txt", "**/*.txt"),
        List.of("draft*"),
        true,
        Duration.ofSeconds(2),
        after,
        moveTo,
        0,
        hours,
        schedule,
        Optional.empty());
  }

  private FileRelaySettings settings(Optional<Watched> watched, AnnouncementSettings notices) {
    return new FileRelaySettings(
        watched.stream().toList(),
        Optional.of(
            new Receive(
                received,
                List.of("here/account:ann"),
                List.of(),
                List.of(),
                1_000_000,
                2_000_000,
                true)),
        List.of(new SendFolder(outbox, "files.send")),
        notices,
        new Links(true, Duration.ofDays(1), List.of()),
        Duration.ofSeconds(30));
  }

  private BotScenarioBuilder bot(Optional<Watched> watched) {
    return BotScenario.with(FileRelayPlugin.class)
        .settings(
            settings(watched, new AnnouncementSettings(List.of("here/#log"), Optional.empty())))
        .sqlite(data)
        .network(network -> network.can(Capability.FILES, Capability.EDIT));
  }

  private static List<String> names(BotScenario bot) {
    return bot.network().files().arrivals().stream().map(arrival -> arrival.file().name()).toList();
  }

  /** Turns the clock, a second at a time, until something has come true. */
  private static void turnUntil(BotScenario bot, BooleanSupplier condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline; " + bot.transfers().list()).isLessThan(deadline);
      bot.clock().turn(Duration.ofSeconds(1));
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<String> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_appears_is_sent_once_it_has_settled_and_again_when_it_changes() throws Exception {
    try (BotScenario bot = bot(Optional.of(watched(After.KEEP, Optional.empty()))).start()) {
      Files.writeString(outbox.resolve("plan.txt"), "one");
      Files.writeString(outbox.resolve("draft.txt"), "not yet");
      Files.writeString(outbox.resolve("plan.pdf"), "not this");
      Files.createSymbolicLink(outbox.resolve("link.txt"), outbox.resolve("plan.pdf"));
      bot.clock().turn(Duration.ofMillis(600));
      assertThat(names(bot)).isEmpty();
      turnUntil(bot, () -> names(bot).size() == 1);
      bot.expect("#log").saysLike("sent plan\\.txt \\(3 B\\) to here/ann for owl, SHA-256 .*");
      Path deep = Files.createDirectories(outbox.resolve("a/b"));
      Files.writeString(deep.resolve("deep.txt"), "deep");
      Files.writeString(outbox.resolve("plan.txt"), "two, longer");
      turnUntil(bot, () -> names(bot).size() == 3);
      bot.turn(Duration.ofMinutes(3));
      bot.settle();
      assertThat(names(bot)).containsExactlyInAnyOrder("plan.txt", "plan.txt", "deep.txt");
      bot.restart();
      bot.turn(Duration.ofMinutes(3));
      bot.settle();
      assertThat(names(bot)).hasSize(3);
    }
  }

  @Test
  void what_was_sent_moves_away_or_is_deleted() throws Exception {
    Path sent = Files.createDirectory(scratch.resolve("sent"));
    try (BotScenario bot = bot(Optional.of(watched(After.MOVE, Optional.of(sent)))).start()) {
      Files.writeString(outbox.resolve("plan.txt"), "one");
      turnUntil(bot, () -> list(outbox).isEmpty());
      assertThat(list(sent)).containsExactly("plan.txt");
      assertThat(sent.resolve("plan.txt")).hasContent("one");
    }
    try (BotScenario bot = bot(Optional.of(watched(After.DELETE, Optional.empty()))).start()) {
      Files.writeString(outbox.resolve("plan.txt"), "two");
      turnUntil(bot, () -> list(outbox).isEmpty());
      assertThat(names(bot)).containsExactly("plan.txt");
    }
  }

  @Test
  void what_could_not_be_moved_away_moves_in_the_next_life() throws Exception {
    Path sent = Files.createDirectory(scratch.resolve("sent"));
    try (BotScenario bot = bot(Optional.of(watched(After.MOVE, Optional.of(sent)))).start()) {
      Files.delete(sent);
      Files.writeString(outbox.resolve("plan.txt"), "one");
      turnUntil(bot, () -> !names(bot).isEmpty());
      bot.turn(Duration.ofMinutes(2));
      assertThat(list(outbox)).containsExactly("plan.txt");
      Files.createDirectory(sent);
      bot.crash();
      turnUntil(bot, () -> list(outbox).isEmpty());
      assertThat(list(sent)).containsExactly("plan.txt");
      assertThat(names(bot)).containsExactly("plan.txt");
    }
  }

  /** Drops files with times that have nothing to do with their names; in the order of the times. */
  private List<String> drop(int group, int count, long firstTime) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "%05d-%d.txt".formatted((i * 7_919L + 13) % count, group);
      Path file = Files.writeString(outbox.resolve(name), "file " + i);
      Path _ = Files.setLastModifiedTime(file, FileTime.fromMillis(firstTime + i));
      names.add(name);
    }
    return names;
  }

  /** Transfers begin in order, two at a time: so one at most is behind any that has arrived. */
  private static void assertBegunInOrder(List<String> arrived, List<String> expected) {
    assertThat(arrived).containsExactlyInAnyOrderElementsOf(expected);
    Map<String, Integer> ranks = new HashMap<>();
    expected.forEach(name -> ranks.put(name, ranks.size()));
    for (int i = 0; i < arrived.size(); i++) {
      assertThat(ranks.get(arrived.get(i))).as(arrived.get(i)).isLessThanOrEqualTo(i + 1);
    }
  }

  @Test
  void many_files_at_once_are_all_sent_once_in_order_over_a_crash_in_the_middle() throws Exception {
    List<String> dropped = new ArrayList<>();
    try (BotScenario bot = bot(Optional.of(watched(After.KEEP, Optional.empty()))).start()) {
      for (int group = 0; group < GROUPS; group++) {
        dropped.addAll(drop(group, MANY / GROUPS, 1_000_000_000_000L + (long) group * MANY));
        bot.turn(Duration.ofSeconds(1));
      }
      turnUntil(bot, () -> names(bot).size() > MANY / 3);
      bot.crash();
      turnUntil(bot, () -> names(bot).size() >= MANY);
      bot.turn(Duration.ofMinutes(3));
      bot.settle();
      assertBegunInOrder(names(bot), dropped);
    }
  }

  @Test
  void what_settles_first_is_sent_first_however_old_it_is() throws Exception {
    List<String> dropped = new ArrayList<>();
    try (BotScenario bot = bot(Optional.of(watchedIn("09:01-10:00"))).start()) {
      for (int group = 0; group < GROUPS; group++) {
        dropped.addAll(drop(group, 5, 1_000_000_000_000L - group * 1_000L));
        bot.turn(Duration.ofSeconds(1));
      }
      bot.turn(Duration.ofSeconds(30));
      bot.settle();
      assertThat(names(bot)).as("before the hour").isEmpty();
      turnUntil(bot, () -> names(bot).size() >= dropped.size());
      assertBegunInOrder(names(bot), dropped);
    }
  }

  @Test
  void what_has_settled_goes_at_the_times_of_the_schedule() throws Exception {
    try (BotScenario bot = bot(Optional.of(watchedAt("2,5 9 * * mon-fri"))).start()) {
      Files.writeString(outbox.resolve("one.txt"), "one");
      bot.turn(Duration.ofSeconds(110));
      bot.settle();
      assertThat(names(bot)).as("at 09:01:50").isEmpty();
      bot.turn(Duration.ofSeconds(15));
      await(() -> names(bot).equals(List.of("one.txt")));
      Files.writeString(outbox.resolve("two.txt"), "two");
      bot.turn(Duration.ofSeconds(150));
      bot.settle();
      assertThat(names(bot)).as("at 09:04:35").hasSize(1);
      bot.turn(Duration.ofSeconds(30));
      await(() -> names(bot).equals(List.of("one.txt", "two.txt")));
    }
  }

  @Test
  void a_schedule_that_cannot_be_read_is_told_with_one_that_can() {
    assertThatThrownBy(() -> watchedAt("22 o'clock"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("\"0 22 * * 1-5\"");
    assertThatThrownBy(() -> watchedAt("0 25 * * *")).isInstanceOf(SettingException.class);
    assertThatThrownBy(() ->
            watched(
                After.KEEP,
                Optional.empty(),
                Optional.of("22:00-06:00"),
                Optional.of("0 22 * * *")))
        .hasMessageContaining("either schedule or hours");
  }

  @Test
  void files_are_taken_from_whom_the_configuration_names() throws Exception {
    try (BotScenario bot = bot(Optional.empty()).start()) {
      FakeFiles files = bot.network().files();
      byte[] bytes = new byte[1_000];
      new Random(1).nextBytes(bytes);
      files.offer(bot.network().conversation("ann"), bot.user("ann").member(), "fake.txt", bytes);
      await(() -> files.refusals().size() == 1);
      bot.user("ann").verifiedAs("ann");
      files.offer(bot.network().conversation("ann"), bot.user("ann").member(), "a.txt", bytes);
      bot.expect("ann").says("Received a.txt, 1000 B, SHA-256 " + FakeFiles.sha256(bytes));
      bot.expect("#log").saysLike("received a\\.txt \\(1000 B\\) from here/ann for ann, SHA-256.*");
      files.offer(
          bot.network().conversation("ann"),
          bot.user("ann").member(),
          "b.txt",
          new byte[1_000_001]);
      await(() -> files.refusals().size() == 2);
      assertThat(files.refusals())
          .containsExactly(
              "fake.txt: REFUSED files from you are not taken",
              "b.txt: REFUSED it is too large: 1000000 bytes at most");
      assertThat(list(received)).containsExactly("a.txt");
    }
  }

  @Test
  void who_sends_is_told_why_a_file_that_was_to_be_taken_is_not_here() throws Exception {
    try (BotScenario bot = bot(Optional.empty()).start()) {
      FakeFiles files = bot.network().files();
      bot.user("ann").verifiedAs("ann");
      files.refuse(Reason.REFUSED, "the bot may not read files (files:read)");
      files.offer(
          bot.network().conversation("ann"), bot.user("ann").member(), "a.txt", new byte[10]);
      bot.expect("ann").says("I could not receive a.txt: the bot may not read files (files:read)");
    }
  }

  @Test
  void nobody_sends_more_in_a_day_than_the_quota() throws Exception {
    try (BotScenario bot = bot(Optional.empty()).start()) {
      FakeFiles files = bot.network().files();
      bot.user("ann").verifiedAs("ann");
      for (int i = 0; i < 3; i++) {
        files.offer(
            bot.network().conversation("ann"),
            bot.user("ann").member(),
            "f" + i,
            new byte[900_000]);
        bot.settle();
      }
      await(() -> files.refusals().size() == 1);
      assertThat(files.refusals())
          .containsExactly("f2: REFUSED that is more than you may send in a day");
      bot.turn(Duration.ofDays(1));
      files.offer(
          bot.network().conversation("ann"), bot.user("ann").member(), "f3", new byte[900_000]);
      await(() -> list(received).contains("f3"));
    }
  }

  @Test
  void what_counts_is_what_has_come_though_nobody_said_how_much() throws Exception {
    try (BotScenario bot = bot(Optional.empty()).start()) {
      FakeFiles files = bot.network().files();
      bot.user("ann").verifiedAs("ann");
      for (int i = 0; i < 4; i++) {
        files.offerUnmeasured(
            bot.network().conversation("ann"),
            bot.user("ann").member(),
            "f" + i,
            new byte[450_000]);
        bot.expect("ann").saysWith("Received f" + i);
      }
      files.offerUnmeasured(
          bot.network().conversation("ann"), bot.user("ann").member(), "f4", new byte[450_000]);
      await(() -> bot.transfers().list().getLast().state() == State.FAILED);
      assertThat(list(received)).containsExactly("f0", "f1", "f2", "f3");
    }
  }

  @Test
  void a_file_is_asked_for_from_chat() throws Exception {
    Files.writeString(outbox.resolve("my plan.pdf"), "plan");
    Files.writeString(scratch.resolve("secret"), "secret");
    try (BotScenario bot = bot(Optional.empty()).start()) {
      bot.user("ann").in("#dev").says("!send plan.pdf");
      bot.expect("#dev").saysLike("(?i).*not.*");
      bot.user("ann").verifiedAs("admin");
      bot.user("ann").in("#dev").says("!files");
      bot.expect("#dev").says("my plan.pdf  4 B");
      bot.user("ann").in("#dev").says("!send ../secret");
      bot.expect("#dev").saysLike("that file cannot be sent: .*");
      bot.user("ann").in("#dev").says("!send \"my plan.pdf\"");
      bot.expect("#dev").saysLike("sending my plan\\.pdf \\(4 B\\) as .*");
      bot.expect("#dev").saysLike("sent my plan\\.pdf \\(4 B\\) to here/#dev for ann, SHA-256 .*");
      bot.user("ann").in("#dev").says("!send \"my plan.pdf\" here/bob");
      bot.expect("#dev").saysLike("sending my plan\\.pdf \\(4 B\\) as .*");
      bot.expect("#dev").saysLike("sent my plan\\.pdf \\(4 B\\) to here/bob for ann, SHA-256 .*");
      bot.user("ann").in("#dev").says("!transfers");
      bot.expect("#dev").saysLike(".* to here/#dev my plan\\.pdf 100 % of 4 B done by fake");
      bot.expect("#dev").saysLike(".* to here/bob my plan\\.pdf 100 % of 4 B done by fake");
    }
  }

  @Test
  void who_asked_and_the_rooms_are_told_once_why_a_file_waits() throws Exception {
    Files.writeString(outbox.resolve("plan.pdf"), "plan");
    try (BotScenario bot = bot(Optional.empty()).start()) {
      bot.user("ann").verifiedAs("admin");
      bot.network().files().refuse(Reason.NO_ROOM, "there is no room");
      bot.user("ann").in("#dev").says("!send plan.pdf here/bob");
      bot.expect("#dev").saysLike("sending plan\\.pdf .*");
      turnUntil(bot, () -> whyItWaits(bot) == 2); // in #dev and in #log
      bot.turn(Duration.ofMinutes(10));
      assertThat(whyItWaits(bot)).isEqualTo(2);
    }
  }

  private static long whyItWaits(BotScenario bot) {
    return bot.network().heard().stream()
        .filter(each -> each.toString().contains("waits: there is no room - it is tried again"))
        .count();
  }

  @Test
  void progress_is_shown_in_the_message_that_announced_it() throws Exception {
    Files.write(outbox.resolve("big.bin"), new byte[100_000]);
    try (BotScenario bot = bot(Optional.empty()).start()) {
      bot.user("ann").verifiedAs("admin");
      bot.network().files().cut(50_000);
      bot.user("ann").in("#dev").says("!send big.bin");
      bot.expect("#dev").saysLike("sending big.bin .*");
      await(() -> bot.transfers().list().stream().anyMatch(t -> t.detail().contains("reset")));
      bot.network().files().hold();
      bot.clock().turn(Duration.ofSeconds(2));
      assertThat(bot.expect("#dev").does(Edit.class).content().plain())
          .matches("sending big.bin .*: .*");
      String id = bot.transfers().list().getFirst().id();
      bot.user("ann").in("#dev").says("!cancel " + id);
      bot.settle();
      assertThat(bot.transfers().find(id).map(Transfer::state)).contains(State.CANCELLED);
    }
  }

  @Test
  void without_anything_better_a_file_is_a_link_that_is_good_once() throws Exception {
    Files.writeString(outbox.resolve("plan.pdf"), "0123456789");
    try (BotScenario bot =
        bot(Optional.empty()).network(network -> network.cannot(Capability.FILES)).start()) {
      bot.user("ann").verifiedAs("admin");
      bot.user("ann").in("#dev").says("!send plan.pdf");
      bot.expect("#dev").saysLike("sending plan.pdf .*");
      Say line = bot.expect("#dev").does(Say.class);
      URI link = OfferLine.read(line.content().plain()).orElseThrow().location().orElseThrow();
      bot.crash();
      await(() -> bot.http().isOpen());
      await(() -> bot.http().request("HEAD", link.getPath()).send().status() == 200);
      assertThat(
              bot.http()
                  .request("GET", link.getPath())
                  .header("User-Agent", "Slackbot-LinkExpanding 1.0")
                  .send()
                  .status())
          .isEqualTo(403);
      FakeHttp.Reply part =
          bot.http().request("GET", link.getPath()).header("Range", "bytes=2-4").send();
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.text()).isEqualTo("234");
      FakeHttp.Reply whole = bot.http().get(link.getPath());
      assertThat(whole.text()).isEqualTo("0123456789");
      assertThat(whole.headers())
          .containsEntry(
              "Content-Disposition",
              "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf");
      bot.expect("#dev").saysLike("sent plan.pdf .*");
      await(() -> bot.http().get(link.getPath()).status() == 410);
    }
  }

  @Test
  void what_is_not_there_is_said_at_the_start() {
    BotScenarioBuilder bot =
        BotScenario.with(FileRelayPlugin.class)
            .settings(
                settings(
                    Optional.empty(),
                    new AnnouncementSettings(List.of("there/#log"), Optional.empty())));
    assertThatThrownBy(bot::start)
        .hasMessageEndingWith(".notices.rooms: there is no account there");
  }

  @Test
  void an_offer_line_is_read_as_it_was_written() {
    String digest = "0".repeat(64);
    URI link = URI.create("https://owl.example.org/x/transfer/" + "a".repeat(32));
    String line = OfferLine.write("plän \ud83e\udd89.pdf", 12, digest, link);
    assertThat(OfferLine.read(line))
        .hasValueSatisfying(file -> {
          assertThat(file.name()).isEqualTo("plän \ud83e\udd89.pdf");
          assertThat(file.size()).hasValue(12);
          assertThat(file.sha256()).contains(digest);
          assertThat(file.location()).contains(link);
        });
    assertThat(OfferLine.write("x".repeat(4_000), Long.MAX_VALUE / 100_000, digest, link).length())
        .isLessThan(350);
    assertThat(OfferLine.read(line.replace("https", "file"))).isEmpty();
    assertThat(OfferLine.read(line + " or")).isEmpty();
  }

  @Test
  void hours_may_go_over_midnight() {
    Hours night = Hours.of("22:00-06:00").orElseThrow();
    assertThat(IntStream.range(0, 24).filter(hour -> night.has(java.time.LocalTime.of(hour, 0))))
        .containsExactly(0, 1, 2, 3, 4, 5, 22, 23);
    assertThat(Hours.of("24:00-06:00")).isEmpty();
    assertThat(new ArrayList<>(List.of(Format.size(0), Format.size(1_536), Format.size(5L << 30))))
        .containsExactly("0 B", "1.5 KiB", "5.0 GiB");
  }
}
