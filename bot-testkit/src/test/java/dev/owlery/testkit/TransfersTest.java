package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.SendRequest;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.core.file.TransferSettings;
import dev.owlery.testkit.net.ScratchDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files to and from others, over a network whose connections break. */
final class TransfersTest {

  private static final long LIMIT = 64 << 20;
  private static final long DEADLINE_MILLIS = 10_000;
  private static final boolean FULL = "full".equals(System.getProperty("owlery.proof"));

  private final Random random = new Random(20260105);
  private ScratchDirectory scratch;
  private Path inbox;

  @BeforeEach
  void makeRoom() throws IOException {
    scratch = ScratchDirectory.create("files");
    inbox = Files.createDirectory(scratch.path().resolve("received"));
  }

  @AfterEach
  void cleanUp() {
    scratch.close();
  }

  private BotScenarioBuilder porter() {
    return BotScenario.with(PorterPlugin.class)
        .settings(new PorterPlugin.Into(inbox, LIMIT))
        .sqlite(scratch.path().resolve("data"))
        .network(network -> network.can(Capability.FILES));
  }

  private static String send(BotScenario bot, String to, String name, byte[] bytes) {
    try {
      return bot.transfers()
          .send(
              new SendRequest(bot.network().conversation(to), name, "the test"),
              Channels.newChannel(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE_MILLIS * 1_000_000;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      LockSupport.parkNanos(500_000);
    }
  }

  /** Turns the clock as often as attempts need it. */
  private static void turnUntil(BotScenario bot, BooleanSupplier condition) {
    long deadline = System.nanoTime() + 3 * DEADLINE_MILLIS * 1_000_000;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      bot.clock().turn(Duration.ofSeconds(1));
      LockSupport.parkNanos(500_000);
    }
  }

  private static State state(BotScenario bot, String id) {
    return bot.transfers().find(id).map(Transfer::state).orElseThrow();
  }

  private List<String> received() {
    try (Stream<Path> files = Files.list(inbox)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFileArrivesOnceAndItsEndIsToldOnce() {
    try (BotScenario bot = porter().start()) {
      byte[] bytes = bytes(100_000);
      String id = send(bot, "ann", "plan.pdf", bytes);
      bot.expect("ann").says("OUT plan.pdf DONE ");
      assertThat(bot.network().files().arrivals())
          .singleElement()
          .satisfies(arrival -> {
            assertThat(arrival.bytes()).isEqualTo(bytes);
            assertThat(arrival.file().id()).isEqualTo(id);
            assertThat(arrival.file().sha256()).isEqualTo(FakeFiles.sha256(bytes));
          });
      bot.restart();
      bot.settle();
      assertThat(bot.network().files().arrivals()).hasSize(1);
      assertThat(bot.network().heard()).hasSize(1);
      assertThat(state(bot, id)).isEqualTo(State.DONE);
    }
  }

  @Test
  void whatFailsTwiceForOneReasonIsSaidOnceAndStillArrives() {
    try (BotScenario bot = porter().start()) {
      FakeFiles files = bot.network().files().refuse(Reason.UNREACHABLE, "there is no proxy");
      String id = send(bot, "ann", "plan.pdf", bytes(1_000));
      turnUntil(bot, () -> !bot.network().heard().isEmpty());
      bot.expect("ann").says("DELAYED plan.pdf fake: there is no proxy");
      for (int i = 0; i < 60; i++) {
        bot.clock().turn(Duration.ofSeconds(10));
      }
      bot.settle();
      assertThat(bot.transfers().find(id).orElseThrow().detail())
          .isEqualTo("fake: there is no proxy");
      bot.restart();
      assertThat(bot.network().heard()).hasSize(1);
      files.takeAll();
      turnUntil(bot, () -> state(bot, id) == State.DONE);
      bot.expect("ann").says("OUT plan.pdf DONE ");
    }
  }

  @Test
  void theNextWayIsTriedWhereOneLosesWhatItCarries() {
    try (BotScenario bot = porter().start()) {
      AtomicInteger taken = new AtomicInteger();
      bot.transfers().register(new Paper(taken));
      bot.network().files().cut(0, 0, 0, 0);
      String id = send(bot, "ann", "plan.pdf", bytes(1_000));
      turnUntil(bot, () -> state(bot, id) == State.DONE);
      assertThat(taken).hasValue(1);
      assertThat(bot.transfers().find(id).orElseThrow().transport()).isEqualTo("paper");
    }
  }

  /** Takes every file. */
  private record Paper(AtomicInteger taken) implements FileTransport {
    @Override
    public String name() {
      return "paper";
    }

    @Override
    public boolean canReach(Conversation to) {
      return true;
    }

    @Override
    public void send(OutgoingFile file, FileSource source) {
      taken.incrementAndGet();
    }
  }

  @Test
  void filesOfOneConversationLeaveInTheirOrder() {
    try (BotScenario bot =
        porter()
            .files(usual ->
                new TransferSettings(
                    usual.spool(), 1 << 20, 0, 8, 1, Optional.empty(), usual.age()))
            .start()) {
      int count = 50;
      bot.network().files().hold();
      for (int i = 0; i < count; i++) {
        send(bot, "ann", "f" + i, bytes(10));
      }
      bot.network().files().go();
      await(() -> bot.network().files().arrivals().size() == count);
      assertThat(bot.network().files().arrivals())
          .extracting(arrival -> arrival.file().name())
          .containsExactlyElementsOf(
              Stream.iterate(0, i -> i + 1).limit(count).map(i -> "f" + i).toList());
    }
  }

  @Test
  void whatIsCutAtAnyByteArrivesWholeAndOnce() {
    int files = FULL ? 200 : 12;
    try (BotScenario bot = porter().start()) {
      long total = 0;
      long cuts = 0;
      for (int i = 0; i < files; i++) {
        byte[] bytes = bytes(i == 0 ? 0 : random.nextInt(FULL ? 4 << 20 : 300_000));
        int times = 1 + random.nextInt(5);
        long[] at = random.longs(times, 0, bytes.length + 1).toArray();
        bot.network().files().cut(at);
        String id = send(bot, "ann", "f" + i + ".bin", bytes);
        boolean crashes = i % 4 == 3;
        if (crashes) {
          bot.crash();
        }
        turnUntil(bot, () -> bot.transfers().find(id).isPresent() && state(bot, id) == State.DONE);
        total += bytes.length;
        cuts += times;
        int last = bot.network().files().arrivals().size() - 1;
        assertThat(last).isEqualTo(i);
        assertThat(bot.network().files().arrivals().get(last).bytes()).isEqualTo(bytes);
      }
      assertThat(bot.network().files().onTheWire()).isLessThanOrEqualTo(total + cuts * (1 << 20));
      bot.settle();
    }
    assertThat(scratch.path().resolve("data/spool")).doesNotExist();
  }

  @Test
  void whatBreaksWhileItComesGoesOnWhereItWas() throws Exception {
    try (BotScenario bot = porter().start()) {
      FakeFiles files = bot.network().files();
      FakeUser ann = bot.user("ann");
      byte[] bytes = bytes(500_000);
      files.cut(123_456, 200_001);
      FileOffered offer =
          files.offer(bot.network().conversation("ann"), ann.member(), "song.ogg", bytes);
      for (int attempt = 0; attempt < 2; attempt++) {
        await(() ->
            bot.transfers().list().stream()
                .anyMatch(t -> t.state() == State.WAITING && t.detail().contains("reset")));
        assertThat(received()).singleElement().asString().startsWith(".").endsWith(".part");
        bot.settle();
        if (attempt == 1) {
          bot.crash();
        }
        files.offerAgain(offer);
        if (attempt == 0) {
          await(() -> files.onTheWire() >= 123_456 + 200_001);
        }
      }
      bot.expect("ann").says("IN song.ogg DONE ");
      assertThat(received()).containsExactly("song.ogg");
      assertThat(inbox.resolve("song.ogg")).hasBinaryContent(bytes);
      assertThat(files.onTheWire()).isEqualTo(bytes.length);
      files.offerAgain(offer);
      bot.settle();
      assertThat(received()).as("offered again, it is here").containsExactly("song.ogg");
    }
  }

  @Test
  void whatIsHereIsNotReceivedAgainThoughItsSenderDoesNotKnow() {
    try (BotScenario bot = porter().start()) {
      FakeFiles files = bot.network().files();
      byte[] bytes = bytes(5_000);
      FileOffered offer =
          files.offer(
              bot.network().conversation("ann"), bot.user("ann").member(), "song.ogg", bytes);
      bot.expect("ann").says("IN song.ogg DONE ");
      bot.crash();
      files.offerAnew(offer);
      bot.settle();
      assertThat(received()).containsExactly("song.ogg");
      files.offer(bot.network().conversation("ann"), bot.user("ann").member(), "song.ogg", bytes);
      bot.expect("ann").says("IN song (2).ogg DONE ");
      assertThat(received()).as("sent a second time").hasSize(2);
    }
  }

  @Test
  void aFileNeverTakesThePlaceOfAnother() throws Exception {
    Files.writeString(inbox.resolve("a.txt"), "mine");
    try (BotScenario bot = porter().start()) {
      bot.network()
          .files()
          .offer(bot.network().room("#dev"), bot.user("ann").member(), "../../a.txt", bytes(10));
      bot.expect("#dev").says("IN a (2).txt DONE ");
      assertThat(received()).containsExactly("a (2).txt", "a.txt");
      assertThat(inbox.resolve("a.txt")).hasContent("mine");
    }
  }

  @Test
  void aFileThatIsNotWhatWasAnnouncedIsThrownAway() throws Exception {
    try (BotScenario bot = porter().start()) {
      FakeFiles files = bot.network().files();
      FileOffered honest =
          files.offer(
              bot.network().conversation("ann"), bot.user("ann").member(), "x", bytes(1000));
      bot.expect("ann").says("IN x DONE ");
      bot.network()
          .publish(
              new FileOffered(
                  bot.network().nextOrigin(),
                  honest.where(),
                  honest.sender(),
                  honest.transport(),
                  honest.offer(),
                  new FileRef(
                      "y",
                      Optional.empty(),
                      honest.file().size(),
                      Optional.of("0".repeat(64)),
                      Optional.empty())));
      await(() ->
          bot.transfers().list().stream()
              .anyMatch(t -> t.detail().contains("not what was announced")));
      assertThat(received()).containsExactly("x");
    }
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    try (BotScenario bot = porter().settings(new PorterPlugin.Into(inbox, 999)).start()) {
      FakeFiles files = bot.network().files();
      files.offer(bot.network().conversation("ann"), bot.user("ann").member(), "x", bytes(1000));
      bot.expect("ann").says("not taken: it is too large: 999 bytes at most");
      assertThat(files.refusals()).containsExactly("x: REFUSED it is too large: 999 bytes at most");
    }
  }

  @Test
  void withoutRoomAFileIsRefusedForNow() {
    try (BotScenario bot =
        porter()
            .files(usual ->
                new TransferSettings(
                    usual.spool(), 1 << 20, 1L << 60, 8, 2, Optional.empty(), usual.age()))
            .start()) {
      FakeFiles files = bot.network().files();
      files.offer(bot.network().conversation("ann"), bot.user("ann").member(), "x", bytes(1000));
      bot.expect("ann").says("not taken: there is no room on the disk");
      assertThat(files.refusals()).containsExactly("x: NO_ROOM there is no room on the disk");
      assertThatThrownBy(() ->
              bot.transfers()
                  .send(
                      new SendRequest(bot.network().room("#dev"), "y", "the test"),
                      Channels.newChannel(new ByteArrayInputStream(bytes(10)))))
          .isInstanceOf(TransferException.class);
    }
  }

  @Test
  void aPeerWithoutRoomIsAskedAgainLater() {
    try (BotScenario bot = porter().start()) {
      bot.network().files().refuse(Reason.NO_ROOM, "my disk is full");
      String id = send(bot, "ann", "f", bytes(10));
      await(() -> bot.transfers().find(id).orElseThrow().detail().equals("my disk is full"));
      assertThat(state(bot, id)).isEqualTo(State.WAITING);
      bot.network().files().takeAll();
      turnUntil(bot, () -> state(bot, id) == State.DONE);
    }
  }

  @Test
  void whatBrokeOftenMayStillComeWrongOnce() {
    try (BotScenario bot = porter().start()) {
      bot.network().files().cut(10, 10, 10, 10, 10);
      byte[] bytes = bytes(1_000);
      String id = send(bot, "ann", "plan.pdf", bytes);
      turnUntil(bot, () -> bot.transfers().find(id).orElseThrow().moved() >= 10 * 5);
      bot.network().files().refuse(Reason.MISMATCH, "what came is not what was announced");
      turnUntil(
          bot,
          () -> bot.transfers().find(id).orElseThrow().detail().startsWith("what came is not"));
      bot.network().files().takeAll();
      turnUntil(bot, () -> state(bot, id).isOver());
      assertThat(state(bot, id)).isEqualTo(State.DONE);
    }
  }

  @Test
  void whatComesWrongAgainAndAgainIsGivenUp() {
    try (BotScenario bot = porter().start()) {
      bot.network().files().refuse(Reason.MISMATCH, "what came is not what was announced");
      String id = send(bot, "ann", "plan.pdf", bytes(100));
      turnUntil(bot, () -> state(bot, id).isOver());
      assertThat(state(bot, id)).isEqualTo(State.FAILED);
    }
  }

  @Test
  void whoRefusesIsNotAskedAgain() {
    try (BotScenario bot = porter().start()) {
      bot.network().files().refuse(Reason.REFUSED, "not from you");
      String id = send(bot, "ann", "f", bytes(10));
      bot.expect("ann").says("OUT f FAILED not from you");
      assertThat(state(bot, id)).isEqualTo(State.FAILED);
    }
  }

  @Test
  void whatIsCalledOffStops() {
    try (BotScenario bot = porter().start()) {
      bot.network().files().hold();
      String running = send(bot, "ann", "f", bytes(10));
      await(() -> state(bot, running) == State.RUNNING);
      assertThat(bot.transfers().cancel(running, "ann does not want it")).isTrue();
      bot.expect("ann").says("OUT f CANCELLED ann does not want it");
      assertThat(bot.transfers().cancel(running, "again")).isFalse();
      assertThat(bot.network().files().arrivals()).isEmpty();
    }
  }

  @Test
  void anOfferThatNobodyTakesIsRefusedAfterTwentySeconds() {
    try (BotScenario bot =
        BotScenario.with(GazettePlugin.class)
            .network(network -> network.can(Capability.FILES))
            .start()) {
      FakeFiles files = bot.network().files();
      files.offer(bot.network().conversation("ann"), bot.user("ann").member(), "x", bytes(10));
      bot.turn(Duration.ofSeconds(15));
      assertThat(files.refusals()).isEmpty();
      bot.turn(Duration.ofSeconds(10));
      assertThat(files.refusals()).containsExactly("x: REFUSED nobody has taken it");
    }
  }

  @Test
  void aFullDiskBreaksNothingAndTheFileGoesOnWhenThereIsRoom() throws Exception {
    Path small = Files.createDirectory(scratch.path().resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()),
        "only root can make a small disk");
    try (BotScenario bot =
        porter()
            .settings(new PorterPlugin.Into(small, LIMIT))
            .files(usual ->
                new TransferSettings(
                    usual.spool(), 1 << 20, 0, 8, 2, Optional.empty(), usual.age()))
            .start()) {
      Path ballast = Files.write(small.resolve("ballast"), bytes(600_000));
      FakeFiles files = bot.network().files();
      byte[] bytes = bytes(700_000);
      FileOffered told =
          files.offer(bot.network().conversation("ann"), bot.user("ann").member(), "x", bytes);
      bot.expect("ann").says("not taken: there is no room on the disk");
      FileOffered untold =
          files.offerAgain(
              new FileOffered(
                  told.origin(),
                  told.where(),
                  told.sender(),
                  told.transport(),
                  told.offer(),
                  new FileRef(
                      "x",
                      Optional.empty(),
                      OptionalLong.empty(),
                      told.file().sha256(),
                      Optional.empty())));
      await(() ->
          bot.transfers().list().stream()
              .anyMatch(t -> t.detail().equals("there is no room on the disk")));
      assertThat(ballast).hasSize(600_000);
      assertThat(small.resolve("x")).doesNotExist();
      bot.settle();
      Files.delete(ballast);
      files.offerAgain(untold);
      bot.expect("ann").says("IN x DONE ");
      assertThat(small.resolve("x")).hasBinaryContent(bytes);
      assertThat(files.onTheWire()).isLessThan(bytes.length + 65_536L);
    } finally {
      assertThat(run("umount", small.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
