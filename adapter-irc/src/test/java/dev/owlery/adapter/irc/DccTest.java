package dev.owlery.adapter.irc;

import static dev.owlery.adapter.irc.TestAccount.direct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.event.FileOffered;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.testkit.irc.IrcServer;
import dev.owlery.testkit.irc.IrcWitness;
import dev.owlery.testkit.irc.Ngircd;
import dev.owlery.testkit.net.LoopbackPorts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files between the bot and irssi, both ways, begun and resumed; and offers that are traps. */
class DccTest {
  private static final int SIZE = 3 * 1024 * 1024 + 17;
  private static final int HALF = 1024 * 1024 + 5;
  private static IrcServer server;
  private static Irssi irssi;

  private final byte[] bytes = new byte[SIZE];

  DccTest() {
    new Random(3).nextBytes(bytes);
  }

  @BeforeAll
  static void startServerAndClient() throws IOException {
    server = Ngircd.start();
    irssi = new Irssi(server, "iris");
    awaitDrawn("End of MOTD");
  }

  @AfterAll
  static void stop() {
    irssi.close();
    server.close();
  }

  private static TestAccount owl(boolean passive) {
    TestAccount owl = new TestAccount.With(server).dcc(passive, "127.0.0.0/8").online();
    owl.await("its nick", any -> owl.adapter.self().handle().equals("owl"));
    return owl;
  }

  private static FileTransport transport(TestAccount owl) {
    return owl.adapter.transports().getFirst();
  }

  private static OutgoingFile file(String to, String name, int size) {
    return new OutgoingFile(
        "id", direct(to), name, "application/octet-stream", size, "0".repeat(64), Instant.now(), 1);
  }

  /** Keeps what was there before, and takes the rest. */
  private static final class Sink implements FileSink {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final int before;
    private boolean complete;

    Sink(byte[] begun) {
      all.writeBytes(begun);
      before = begun.length;
    }

    @Override
    public long offset() {
      return before;
    }

    @Override
    public OutputStream from(long offset) {
      byte[] kept = Arrays.copyOf(all.toByteArray(), (int) offset);
      all.reset();
      all.writeBytes(kept);
      return all;
    }

    @Override
    public String complete() {
      complete = true;
      return "0".repeat(64);
    }
  }

  private static <T> FutureTask<T> started(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  private FutureTask<Boolean> sending(TestAccount owl, String to, String name) {
    return started(() -> {
      transport(owl)
          .send(
              file(to, name, SIZE),
              offset -> new ByteArrayInputStream(bytes, (int) offset, SIZE - (int) offset));
      return true;
    });
  }

  private static IncomingFile incoming(FileOffered offered) {
    return new IncomingFile(offered.where(), offered.sender(), offered.offer(), offered.file());
  }

  private static FileOffered offered(TestAccount owl, int count) {
    owl.await("an offer", any -> owl.events(FileOffered.class).size() >= count);
    return owl.events(FileOffered.class).get(count - 1);
  }

  private static void types(String line, BooleanSupplier seen) {
    irssi.types(line);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime()).as(irssi.drawn()).isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Offers a file, and waits until irssi knows of it. */
  private FutureTask<Boolean> offering(TestAccount owl, String name) {
    FutureTask<Boolean> task = sending(owl, "iris", name);
    awaitDrawn(name);
    return task;
  }

  private static void awaitDrawn(String words) {
    types("", () -> irssi.drawn().contains(words));
  }

  private static boolean holds(Path file, byte[] wanted) {
    try {
      return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), wanted);
    } catch (IOException beingWritten) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void irssiGetsAFileAndTheRestOfOne(boolean passive) throws Exception {
    try (TestAccount owl = owl(passive)) {
      String whole = "whole " + passive + ".bin";
      FutureTask<Boolean> first = offering(owl, whole);
      Path got = irssi.downloads().resolve(whole);
      types("/dcc get owl", () -> holds(got, bytes));
      assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();

      String half = "half " + passive + ".bin";
      Path begun = irssi.downloads().resolve(half);
      Files.write(begun, Arrays.copyOf(bytes, HALF));
      FutureTask<Boolean> rest = offering(owl, half);
      types("/dcc resume owl", () -> holds(begun, bytes));
      assertThat(rest.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-passive "})
  void irssiSendsAFileAndTheRestOfOne(String option) throws Exception {
    try (TestAccount owl = owl(false)) {
      Files.write(irssi.folder().resolve("a file.bin"), bytes);

      types(
          "/dcc send " + option + "owl \"a file.bin\"",
          () -> !owl.events(FileOffered.class).isEmpty());
      FileOffered offer = offered(owl, 1);
      assertThat(offer.where()).isEqualTo(direct("iris"));
      assertThat(offer.file().size()).hasValue(SIZE);
      Sink first = new Sink(new byte[0]);
      transport(owl).receive(incoming(offer), first);
      assertThat(first.complete).isTrue();
      assertThat(first.all.toByteArray()).isEqualTo(bytes);

      types(
          "/dcc send " + option + "owl \"a file.bin\"",
          () -> owl.events(FileOffered.class).size() > 1);
      Sink rest = new Sink(Arrays.copyOf(bytes, HALF));
      transport(owl).receive(incoming(offered(owl, 2)), rest);
      assertThat(rest.all.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void nothingIsConnectedToThatIsNotPublic() throws Exception {
    try (ServerSocket canary = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        TestAccount owl = new TestAccount.With(server).dcc(false).online();
        IrcWitness eve = IrcWitness.connect(server, "eve")) {
      int count = 0;
      List<String> places =
          List.of(
              "2130706433 " + canary.getLocalPort(),
              "::1 " + canary.getLocalPort(),
              "::ffff:127.0.0.1 " + canary.getLocalPort(),
              "0 " + canary.getLocalPort(),
              "167772161 5000",
              "3232235521 5000",
              "2851995649 80",
              "fd00::1 5000",
              "fe80::1 5000",
              "134744072 25");
      for (String place : places) {
        eve.raw("PRIVMSG owl :\u0001DCC SEND ../../x " + place + " 10\u0001");
        FileOffered offer = offered(owl, ++count);
        assertThatThrownBy(() -> transport(owl).receive(incoming(offer), new Sink(new byte[0])))
            .as(place)
            .isInstanceOf(TransferException.class)
            .hasMessageContaining("where the file is offered");
      }
      canary.setSoTimeout(200);
      assertThatThrownBy(canary::accept).isInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  @Test
  void offersAreOnlyHeardWhereTheyAreEnabledAndMeantForTheBot() throws Exception {
    try (TestAccount off = new TestAccount.With(server).online();
        IrcWitness eve = IrcWitness.connect(server, "eve")) {
      assertThatThrownBy(() -> transport(off).canReach(direct("eve")))
          .isInstanceOf(TransferException.class)
          .hasMessageContaining("dcc.enabled is not set");
      eve.join("#owls");
      eve.raw("PRIVMSG owl :\u0001DCC SEND x 134744072 5000 10\u0001");
      eve.raw("PRIVMSG owl :after");
      off.expect("after");
      eve.expect("NOTICE eve :\u0001DCC REJECT SEND x\u0001");
      eve.expect(
          "NOTICE eve :I have not taken x: files by DCC are switched off here; whoever runs me can"
              + " set dcc \\{ enabled = true \\} for this account");
      assertThat(off.events(FileOffered.class)).isEmpty();
    }
    try (TestAccount on = owl(false);
        IrcWitness eve = IrcWitness.connect(server, "eve")) {
      eve.join("#owls");
      for (String bad :
          List.of(
              "PRIVMSG #owls :\u0001DCC SEND x 134744072 5000 10\u0001",
              "PRIVMSG owl :\u0001DCC SEND x 134744072 5000\u0001",
              "PRIVMSG owl :\u0001DCC SEND x 99999999999 5000 10\u0001",
              "PRIVMSG owl :\u0001DCC SEND x 134744072 70000 10\u0001",
              "PRIVMSG owl :\u0001DCC SEND x 134744072 5000 -10\u0001",
              "PRIVMSG owl :\u0001DCC SEND x host.example 5000 10\u0001",
              "PRIVMSG owl :\u0001DCC SEND x 134744072 0 10\u0001",
              "PRIVMSG owl :\u0001DCC CHAT chat 134744072 5000\u0001",
              "PRIVMSG owl :\u0001DCC RESUME x 5000 10\u0001",
              "PRIVMSG owl :\u0001DCC\u0001",
              "PRIVMSG owl :\u0001DCC SEND \"x\u0001")) {
        eve.raw(bad);
      }
      for (int i = 0; i < 20; i++) {
        eve.raw("PRIVMSG owl :\u0001DCC SEND x" + i + " 134744072 5000 10\u0001");
      }
      eve.raw("PRIVMSG owl :after");
      on.expect("after");
      assertThat(on.events(FileOffered.class)).hasSize(8);
      // The DCC CHAT was answered with a line, and a nick gets one line a minute.
      eve.expect("NOTICE eve :I do not chat by DCC: write to me here\\.");
    }
  }

  @Test
  void whoOffersIsToldWhyAFileIsNotTaken() throws Exception {
    try (TestAccount owl = owl(false);
        IrcWitness eve = IrcWitness.connect(server, "eve");
        IrcWitness mal = IrcWitness.connect(server, "mal")) {
      eve.raw("PRIVMSG owl :\u0001DCC SEND plan.bin 134744072 5000 10\u0001");
      transport(owl)
          .refuse(
              incoming(offered(owl, 1)),
              TransferException.Reason.REFUSED,
              "files from you are not taken");
      eve.expect("NOTICE eve :\u0001DCC REJECT SEND plan.bin\u0001");
      eve.expect("NOTICE eve :I have not taken plan.bin: files from you are not taken");
      for (int i = 0; i < 20; i++) {
        mal.raw("PRIVMSG owl :\u0001DCC SEND x" + i + " 134744072 5000 10\u0001");
      }
      mal.raw("PRIVMSG owl :after");
      owl.expect("after");
      mal.expect("NOTICE mal :\u0001DCC REJECT SEND x8\u0001");
      mal.expect("NOTICE mal :I have not taken x8: too much is offered at a time");
    }
  }

  @Test
  void bothSidesLearnThatNoConnectionComesAbout() throws Exception {
    try (TestAccount owl = owl(false);
        IrcWitness eve = IrcWitness.connect(server, "eve")) {
      int closed = LoopbackPorts.reserve();
      eve.raw("PRIVMSG owl :\u0001DCC SEND y.bin 2130706433 " + closed + " 10\u0001");
      IncomingFile offer = incoming(offered(owl, 1));
      assertThatThrownBy(() -> transport(owl).receive(offer, new Sink(new byte[0])))
          .isInstanceOf(TransferException.class)
          .hasMessageContaining("127.0.0.1:" + closed + ", where the file is offered");
      eve.expect("NOTICE eve :\u0001DCC UNREACHABLE SEND y.bin\u0001");
      eve.expect(
          "NOTICE eve :I have not taken y.bin: I cannot connect to 127.0.0.1:"
              + closed
              + ": check your client's DCC address and ports");

      FutureTask<Boolean> unreachable = sending(owl, "eve", "x.bin");
      eve.expect("DCC SEND x.bin");
      eve.raw("NOTICE owl :\u0001DCC UNREACHABLE SEND x.bin\u0001");
      assertThatThrownBy(() -> unreachable.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("they cannot connect to 127.0.0.1:");
    }
  }

  @Test
  void whoIsNotThereOrDoesNotWantItIsSaid() throws Exception {
    try (TestAccount owl = owl(false);
        IrcWitness eve = IrcWitness.connect(server, "eve")) {
      assertThat(transport(owl).canReach(direct("eve"))).isTrue();
      assertThat(transport(owl).canReach(TestAccount.room("#owls"))).isFalse();
      assertThatThrownBy(() -> sending(owl, "nobody", "x").get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("they are not there");
      FutureTask<Boolean> unwanted = sending(owl, "eve", "x.bin");
      eve.expect("DCC SEND x.bin");
      eve.raw("NOTICE owl :\u0001DCC REJECT SEND x.bin\u0001");
      assertThatThrownBy(() -> unwanted.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("they do not want it");
    }
  }

  @Test
  void aTransferThatIsCalledOffEndsAtOnce() throws Exception {
    try (TestAccount owl = owl(false);
        IrcWitness eve = IrcWitness.connect(server, "eve")) {
      FutureTask<Boolean> waiting =
          new FutureTask<>(() -> {
            transport(owl)
                .send(file("eve", "x.bin", SIZE), offset -> new ByteArrayInputStream(bytes));
            return true;
          });
      Thread thread = Thread.ofVirtual().start(waiting);
      eve.expect("DCC SEND x.bin");
      thread.interrupt();
      assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void namesAreQuotedAndReadBack() {
    DccMessage.Send send =
        new DccMessage.Send("a \"b\" c.txt", InetAddress.getLoopbackAddress(), 5000, 10, "77");
    assertThat(send.written())
        .isEqualTo("\u0001DCC SEND \"a _b_ c.txt\" 2130706433 5000 10 77\u0001");
    assertThat(DccMessage.read("SEND \"a _b_ c.txt\" 2130706433 5000 10 77"))
        .contains(
            new DccMessage.Send("a _b_ c.txt", InetAddress.getLoopbackAddress(), 5000, 10, "77"));
    assertThat(DccMessage.read("send x.txt 2001:db8::1 5000 10"))
        .map(DccMessage::name)
        .isEqualTo(Optional.of("x.txt"));
  }
}
