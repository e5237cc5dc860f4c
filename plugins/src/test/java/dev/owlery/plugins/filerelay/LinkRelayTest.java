package dev.owlery.plugins.filerelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.action.Say;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.plugins.filerelay.FileRelaySettings.AnnouncementSettings;
import dev.owlery.plugins.filerelay.FileRelaySettings.Links;
import dev.owlery.plugins.filerelay.FileRelaySettings.Receive;
import dev.owlery.plugins.filerelay.FileRelaySettings.SendFolder;
import dev.owlery.testkit.BotScenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two bots: one offers a file as a line of chat with a link, the other fetches it. */
@Timeout(120)
class LinkRelayTest {

  @TempDir private Path scratch;
  private Path outbox;
  private Path received;

  @BeforeEach
  void makeFolders() throws IOException {
    outbox = Files.createDirectory(scratch.resolve("outbox"));
    received = Files.createDirectory(scratch.resolve("received"));
  }

  private BotScenario sender() {
    return BotScenario.with(FileRelayPlugin.class)
        .settings(
            new FileRelaySettings(
                List.of(),
                Optional.empty(),
                List.of(new SendFolder(outbox, "files.send")),
                new AnnouncementSettings(List.of(), Optional.empty()),
                new Links(true, Duration.ofDays(1), List.of()),
                Duration.ofSeconds(30)))
        .sqlite(scratch.resolve("sender"))
        .start();
  }

  private BotScenario receiver(String... allow) {
    return BotScenario.with(FileRelayPlugin.class)
        .settings(
            new FileRelaySettings(
                List.of(),
                Optional.of(
                    new Receive(
                        received,
                        List.of("here/account:owl"),
                        List.of(),
                        List.of(),
                        1 << 30,
                        1 << 30,
                        true)),
                List.of(),
                new AnnouncementSettings(List.of(), Optional.empty()),
                new Links(true, Duration.ofDays(1), List.of(allow)),
                Duration.ofSeconds(30)))
        .sqlite(scratch.resolve("receiver"))
        .start();
  }

  /** The line with which the sender offers a file, with the bridge's port in it. */
  private static String offer(BotScenario sender, String file, Bridge bridge) {
    sender.user("ann").verifiedAs("admin").in("#dev").says("!send " + file);
    sender.expect("#dev").saysLike("sending " + file + " .*");
    String line = sender.expect("#dev").does(Say.class).content().plain();
    String path = OfferLine.read(line).orElseThrow().location().orElseThrow().getPath();
    return line.substring(0, line.lastIndexOf(": ") + 2) + bridge.address(path);
  }

  private static void turnUntil(BotScenario bot, BooleanSupplier condition) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline; " + bot.transfers().list()).isLessThan(deadline);
      bot.clock().turn(Duration.ofSeconds(1));
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Waits, while the clock stands still, until so much of what is coming lies there. */
  private void awaitArrived(long bytes) throws IOException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (arrived() < bytes) {
      assertThat(System.nanoTime()).as("deadline; " + arrived()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private long arrived() throws IOException {
    try (Stream<Path> list = Files.list(received)) {
      return list.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private List<String> files() {
    try (Stream<Path> list = Files.list(received)) {
      return list.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_link_is_fetched_byte_for_byte_through_cuts_and_a_crash_and_confirmed() throws Exception {
    byte[] bytes = new byte[700_000];
    new Random(5).nextBytes(bytes);
    Files.write(outbox.resolve("payslip.pdf"), bytes);
    try (BotScenario sender = sender();
        Bridge bridge = new Bridge(sender::http);
        BotScenario receiver = receiver("127.0.0.0/8")) {
      String line = offer(sender, "payslip.pdf", bridge);
      bridge.cut(100_000, 250_000, 0);
      receiver.user("owl").verifiedAs("owl").asBot().in("#dev").says(line);
      turnUntil(receiver, () -> bridge.log().size() >= 2);
      awaitArrived(350_000);
      receiver.crash();
      turnUntil(receiver, () -> files().contains("payslip.pdf"));
      assertThat(received.resolve("payslip.pdf")).hasBinaryContent(bytes);
      receiver.expect("#dev").saysLike("Received payslip.pdf, 683.6 KiB, SHA-256 .*");
      sender.expect("#dev").saysLike("sent payslip.pdf \\(683.6 KiB\\) to here/#dev .*");
      assertThat(bridge.log()).first().asString().isEqualTo("GET all 100000");
      long carried =
          bridge.log().stream()
              .filter(each -> each.startsWith("GET"))
              .mapToLong(each -> Long.parseLong(each.substring(each.lastIndexOf(' ') + 1)))
              .sum();
      assertThat(carried).isLessThanOrEqualTo(bytes.length + 3 * 65_536L);
      assertThat(bridge.log()).last().asString().startsWith("POST");
      assertThat(files()).containsExactly("payslip.pdf");
    }
  }

  @Test
  void a_link_that_is_told_again_under_another_address_is_no_second_file() throws Exception {
    Files.writeString(outbox.resolve("a.txt"), "a");
    Files.writeString(received.resolve("a.txt"), "another");
    try (BotScenario sender = sender();
        Bridge bridge = new Bridge(sender::http);
        Bridge later = new Bridge(sender::http);
        BotScenario receiver = receiver("127.0.0.0/8")) {
      String line = offer(sender, "a.txt", bridge);
      String path = OfferLine.read(line).orElseThrow().location().orElseThrow().getPath();
      receiver.user("owl").verifiedAs("owl").asBot().in("#dev").says(line);
      turnUntil(receiver, () -> files().contains("a (2).txt"));
      String again = line.replace(bridge.address(path), later.address(path));
      receiver.user("owl").verifiedAs("owl").asBot().in("#dev").says(again);
      turnUntil(receiver, () -> !later.log().isEmpty());
      receiver.settle();
      assertThat(receiver.transfers().list()).hasSize(1);
      assertThat(files()).containsExactly("a (2).txt", "a.txt");
    }
  }

  @Test
  void who_cannot_fetch_a_link_says_so_and_the_sending_ends() throws Exception {
    Files.writeString(outbox.resolve("a.txt"), "a");
    try (BotScenario sender = sender();
        Bridge bridge = new Bridge(sender::http);
        BotScenario receiver = receiver()) {
      sender.user("ann").verifiedAs("admin").in("#dev").says("!send a.txt here/kea");
      sender.expect("#dev").saysLike("sending a.txt .*");
      String line = sender.expect("kea").does(Say.class).content().plain();
      String path = OfferLine.read(line).orElseThrow().location().orElseThrow().getPath();
      String shown = line.substring(0, line.lastIndexOf(": ") + 2) + bridge.address(path);
      receiver.user("owl").verifiedAs("owl").asBot().direct().says(shown);
      turnUntil(
          receiver,
          () -> receiver.transfers().list().stream().anyMatch(t -> t.state() == State.FAILED));
      String failure = receiver.expect("owl").does(Say.class).content().plain();
      assertThat(failure).matches("Not received a.txt, SHA-256 .*: the link's address is not .*");
      sender.user("eve").direct().says(failure);
      sender.settle();
      assertThat(sender.transfers().list()).noneMatch(t -> t.state().isOver());
      sender.user("kea").direct().says(failure);
      sender.expect("#dev").saysLike("gave up a.txt .* to here/kea: the link's address is not .*");
    }
  }

  @Test
  void a_sender_that_does_not_hear_that_its_file_is_there_is_told_again_until_it_does()
      throws Exception {
    Files.writeString(outbox.resolve("a.txt"), "a");
    try (BotScenario sender = sender();
        Bridge bridge = new Bridge(sender::http).deaf(3);
        BotScenario receiver = receiver("127.0.0.0/8")) {
      String line = offer(sender, "a.txt", bridge);
      receiver.user("owl").verifiedAs("owl").asBot().in("#dev").says(line);
      turnUntil(receiver, () -> bridge.log().size() == 3);
      receiver.crash();
      turnUntil(receiver, () -> bridge.log().size() == 5);
      assertThat(bridge.log().subList(1, 5))
          .containsExactly("POST unheard", "POST unheard", "POST unheard", "POST all 0");
      sender.expect("#dev").saysLike("sent a.txt \\(1 B\\) to here/#dev .*");
      receiver.turn(Duration.ofDays(1));
      assertThat(bridge.log()).hasSize(5);
      assertThat(files()).containsExactly("a.txt");
    }
  }

  @Test
  void a_bot_that_dies_between_naming_a_file_and_telling_its_sender_tells_it_in_its_next_life()
      throws Exception {
    Files.writeString(outbox.resolve("a.txt"), "a");
    try (BotScenario sender = sender();
        Bridge bridge = new Bridge(sender::http);
        BotScenario receiver = receiver("127.0.0.0/8")) {
      String line = offer(sender, "a.txt", bridge);
      CountDownLatch dead = new CountDownLatch(1);
      bridge.holds("POST", dead);
      receiver.user("owl").verifiedAs("owl").asBot().in("#dev").says(line);
      turnUntil(receiver, () -> files().contains("a.txt"));
      receiver.crash();
      dead.countDown();
      turnUntil(
          receiver,
          () -> receiver.transfers().list().stream().allMatch(t -> t.state() == State.DONE));
      sender.expect("#dev").saysLike("sent a.txt \\(1 B\\) to here/#dev .*");
      receiver.expect("#dev").saysLike("Received a.txt, 1 B, SHA-256 .*");
      assertThat(files()).containsExactly("a.txt");
    }
  }

  @Test
  void what_bots_tell_each_other_of_files_is_no_command() throws Exception {
    Files.writeString(outbox.resolve("a.txt"), "a");
    try (BotScenario sender = sender();
        Bridge bridge = new Bridge(sender::http);
        BotScenario receiver = receiver("127.0.0.0/8")) {
      String line = offer(sender, "a.txt", bridge);
      receiver.user("owl").verifiedAs("owl").direct().says(line);
      String receipt = receiver.expect("owl").does(Say.class).content().plain();
      assertThat(receipt).startsWith("Received a.txt, ");
      sender.user("kea").direct().says(receipt);
      sender
          .user("kea")
          .direct()
          .posts(Content.of("I know no command \"file\"."), Tone.AUTOMATIC, Optional.empty());
      sender.settle();
      sender.expect("kea").nothing();
    }
  }

  @Test
  void a_link_from_a_stranger_or_to_a_private_address_is_not_fetched() throws Exception {
    Files.writeString(outbox.resolve("a.txt"), "a");
    try (BotScenario sender = sender();
        Bridge bridge = new Bridge(sender::http);
        BotScenario receiver = receiver()) {
      String line = offer(sender, "a.txt", bridge);
      receiver.user("mallory").in("#dev").says(line);
      receiver.user("owl").in("#dev").says(line);
      receiver.settle();
      assertThat(receiver.transfers().list()).isEmpty();
      receiver.user("owl").verifiedAs("owl").in("#dev").says(line);
      turnUntil(
          receiver,
          () -> receiver.transfers().list().stream().anyMatch(t -> t.state() == State.FAILED));
      assertThat(receiver.transfers().list())
          .singleElement()
          .satisfies(transfer -> assertThat(transfer.detail()).contains("not public"));
      assertThat(bridge.log()).isEmpty();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void a_refused_link_ends_the_offer() throws Exception {
    Files.writeString(outbox.resolve("a.txt"), "a");
    try (BotScenario sender = sender();
        Bridge bridge = new Bridge(sender::http);
        LinkFetcher fetcher = new LinkFetcher(List.of("127.0.0.1"))) {
      URI link =
          OfferLine.read(offer(sender, "a.txt", bridge)).orElseThrow().location().orElseThrow();
      fetcher.tell(link, "refused no\nthanks");
      sender.expect("#dev").says("gave up a.txt (1 B) to here/#dev: no thanks");
      assertThat(sender.http().get(link.getPath()).status()).isEqualTo(410);
      sender.crash();
      assertThat(sender.http().get(link.getPath()).status()).isEqualTo(410);
    }
  }
}
