package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.link.XmppFileSettings;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.xmpp.Prosody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files between two accounts of ours on a real server. */
class FilesTest {
  private static final XmppFileSettings PLAIN =
      new XmppFileSettings(
          List.of(), Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());

  private static final Conversation ROOM =
      Conversation.room(TestAccount.ID, "owls@rooms.localhost");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Prosody prosody;
  private TestAccount owl;
  private TestAccount kea;

  @BeforeEach
  void begin() {
    prosody = Prosody.start();
    prosody.register("owl", TestAccount.PASSWORD);
    prosody.register("kea", TestAccount.PASSWORD);
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    owl.close();
    kea.close();
    prosody.close();
  }

  private void meet(XmppFileSettings owls, XmppFileSettings keas) {
    owl = new TestAccount.With(prosody).rooms().files(owls).online();
    kea = new TestAccount.With(prosody).jid("kea@localhost").rooms().files(keas).online();
  }

  private static FileTransport transport(TestAccount account, String name) {
    return account.adapter.transports().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] bytes(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private static OutgoingFile file(String id, byte[] content) {
    return new OutgoingFile(
        id,
        Conversation.direct(TestAccount.ID, "kea@localhost"),
        "pay <slip> é.pdf",
        "application/pdf",
        content.length,
        MemorySink.sha256(content),
        Instant.now(),
        1);
  }

  private Future<Boolean> sending(String transport, String id, byte[] content) {
    return run(() -> {
      transport(owl, transport)
          .send(
              file(id, content),
              offset ->
                  new ByteArrayInputStream(content, (int) offset, content.length - (int) offset));
      return true;
    });
  }

  private <T> Future<T> run(Callable<T> what) {
    return threads.submit(what);
  }

  private IncomingFile offered(int number) {
    kea.await("offer " + number, account -> account.events(FileOffered.class).size() >= number);
    FileOffered offer = kea.events(FileOffered.class).get(number - 1);
    return new IncomingFile(offer.where(), offer.sender(), offer.offer(), offer.file());
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5", "in-band"})
  void a_file_arrives_as_it_was_offered(String way) throws Exception {
    meet(PLAIN, PLAIN);
    byte[] content = bytes(300_000);
    Future<Boolean> sent = sending(way, "f1", content);
    IncomingFile offer = offered(1);
    assertThat(offer.sender().handle()).isEqualTo("owl@localhost");
    assertThat(offer.file().name()).isEqualTo("pay <slip> é.pdf");
    assertThat(offer.file().size()).hasValue(content.length);
    assertThat(offer.file().sha256()).contains(MemorySink.sha256(content));
    assertThat(kea.events(FileOffered.class).getFirst().transport()).isEqualTo(way);

    MemorySink sink = new MemorySink();
    transport(kea, way).receive(offer, sink);
    assertThat(sent.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sink.content()).isEqualTo(content);
    assertThat(transport(owl, way).wasDelivered(file("f1", content))).isTrue();
    assertThat(transport(owl, way).wasDelivered(file("f2", content))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5", "in-band"})
  void only_what_is_missing_is_sent(String way) throws Exception {
    meet(PLAIN, PLAIN);
    byte[] content = bytes(100_000);
    Future<Boolean> sent = sending(way, "f1", content);
    MemorySink sink = new MemorySink().holding(content, 99_990);
    transport(kea, way).receive(offered(1), sink);
    assertThat(sent.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sink.content()).isEqualTo(content);
  }

  @Test
  void an_empty_file_arrives_too() throws Exception {
    meet(PLAIN, PLAIN);
    Future<Boolean> sent = sending("socks5", "f1", new byte[0]);
    MemorySink sink = new MemorySink();
    transport(kea, "socks5").receive(offered(1), sink);
    assertThat(sent.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sink.content()).isEmpty();
  }

  @Test
  void a_direct_connection_needs_to_be_allowed_by_the_receiver() throws Exception {
    int port = LoopbackPorts.reserve();
    XmppFileSettings listening =
        new XmppFileSettings(
            List.of(),
            Optional.of("127.0.0.1:" + port),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty());
    XmppFileSettings allowing =
        new XmppFileSettings(
            List.of("127.0.0.1:" + port),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty());
    meet(listening, allowing);
    byte[] content = bytes(1_000_000);
    Future<Boolean> sent = sending("socks5", "f1", content);
    MemorySink sink = new MemorySink();
    transport(kea, "socks5").receive(offered(1), sink);
    assertThat(sent.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sink.content()).isEqualTo(content);
  }

  @Test
  void a_file_that_has_not_arrived_is_no_other_file() throws Exception {
    meet(PLAIN, PLAIN);
    byte[] content = bytes(1_000);
    Future<Boolean> sent = sending("socks5", "f1", content);
    FileSink full =
        new Unfinished(() -> {
          throw new IOException("the connection broke at the last byte");
        });
    assertThatThrownBy(() -> transport(kea, "socks5").receive(offered(1), full))
        .hasMessageContaining("broke");
    assertThatThrownBy(() -> sent.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(TransferException.class);
  }

  /** Takes all bytes from the first one on, and does with them at the end what the test wants. */
  private record Unfinished(Callable<String> end) implements FileSink {
    @Override
    public long offset() {
      return 0;
    }

    @Override
    public OutputStream from(long offset) {
      return OutputStream.nullOutputStream();
    }

    @Override
    public String complete() throws IOException {
      try {
        return end.call();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** Has all bytes, and does not get done with them. */
  private static FileSink waiting(CountDownLatch reached, CountDownLatch gate) {
    return new Unfinished(() -> {
      reached.countDown();
      boolean _ = gate.await(60, TimeUnit.SECONDS);
      throw new IOException("the disk is gone");
    });
  }

  @Test
  void who_asks_before_sending_again_does_not_wait_for_the_earlier_attempt() throws Exception {
    meet(PLAIN, PLAIN);
    byte[] content = bytes(1_000);
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Future<Boolean> sent = sending("socks5", "f1", content);
    Future<Boolean> received =
        run(() -> {
          transport(kea, "socks5").receive(offered(1), waiting(reached, gate));
          return true;
        });
    assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
    Future<Boolean> arrived = run(() -> transport(owl, "socks5").wasDelivered(file("f1", content)));
    assertThat(arrived.get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(sent).isNotDone();
    gate.countDown();
    assertThatThrownBy(() -> received.get(20, TimeUnit.SECONDS)).hasMessageContaining("disk");
  }

  @Test
  void who_dies_with_the_last_question_is_asked_again() throws Exception {
    meet(PLAIN, PLAIN);
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Future<Boolean> sent = sending("socks5", "f1", bytes(1_000));
    TestAccount dying = kea;
    Future<Boolean> received =
        run(() -> {
          transport(dying, "socks5").receive(offered(1), waiting(reached, gate));
          return true;
        });
    assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(received).isNotDone();
    dying.close();
    kea = new TestAccount.With(prosody).jid("kea@localhost").rooms().online();
    assertThatThrownBy(() -> sent.get(20, TimeUnit.SECONDS))
        .cause()
        .hasMessageContaining("not all of it has arrived");
    gate.countDown();
  }

  @Test
  void nobody_waits_for_answers_that_a_new_stream_cannot_bring() {
    meet(PLAIN, PLAIN);
    Future<Boolean> sent = sending("socks5", "f1", bytes(10));
    offered(1);
    prosody.kill();
    prosody.restart();
    assertThatThrownBy(() -> sent.get(40, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_refusal_says_why() {
    meet(PLAIN, PLAIN);
    Future<Boolean> sent = sending("socks5", "f1", bytes(10));
    transport(kea, "socks5").refuse(offered(1), Reason.REFUSED, "I do not know you");
    assertThatThrownBy(() -> sent.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            TransferException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
              assertThat(refused).hasMessageContaining("I do not know you");
            });
    Future<Boolean> again = sending("socks5", "f2", bytes(10));
    transport(kea, "socks5").refuse(offered(2), Reason.NO_ROOM, "the disk is full");
    assertThatThrownBy(() -> again.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            TransferException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_ROOM));
  }

  @Test
  void a_room_gets_a_link_to_the_servers_store() throws Exception {
    owl = new TestAccount.With(prosody).online();
    kea = new TestAccount.With(prosody).jid("kea@localhost").nick("kea").online();
    owl.await("both there", account -> account.adapter.members(ROOM).size() == 2);
    byte[] content = bytes(100_000);
    OutgoingFile file =
        new OutgoingFile(
            "up-1", ROOM, "p q.txt", "text/plain", 100_000, "0".repeat(64), Instant.now(), 1);
    FileTransport upload = transport(owl, "upload");
    assertThat(upload.canReach(ROOM)).isTrue();
    upload.send(file, offset -> new ByteArrayInputStream(content));

    kea.await("the link", account -> !account.messages().isEmpty());
    URI link = kea.messages().getFirst().content().files().getFirst().location().orElseThrow();
    try (InputStream in = link.toURL().openStream()) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(upload.wasDelivered(file)).isTrue();
  }

  @Test
  void a_proxy_that_is_announced_and_not_there_is_said_on_both_sides() throws Exception {
    prosody.close();
    prosody = Prosody.start(Prosody.Option.PROXY_ELSEWHERE);
    prosody.register("owl", TestAccount.PASSWORD);
    prosody.register("kea", TestAccount.PASSWORD);
    meet(PLAIN, PLAIN);
    Future<Boolean> sent = sending("socks5", "f1", bytes(1_000));
    IncomingFile offer = offered(1);
    assertThatThrownBy(() -> transport(kea, "socks5").receive(offer, new MemorySink()))
        .hasMessageContaining("no way through 127.0.0.2");
    assertThatThrownBy(() -> sent.get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(TransferException.class)
        .hasMessageContaining("the other side cannot connect to 127.0.0.2:");
  }

  @Test
  void what_the_store_does_not_take_may_go_another_way() throws Exception {
    meet(PLAIN, PLAIN);
    OutgoingFile large =
        new OutgoingFile("f1", ROOM, "x.bin", "a/b", 20 << 20, "0".repeat(64), Instant.now(), 1);
    assertThatThrownBy(
            () -> transport(owl, "upload").send(large, offset -> InputStream.nullInputStream()))
        .isInstanceOfSatisfying(
            TransferException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageContaining("the server's store refuses it");
  }

  @Test
  void what_the_server_lacks_is_not_offered() throws Exception {
    prosody.close();
    prosody = Prosody.start(Prosody.Option.BARE);
    prosody.register("owl", TestAccount.PASSWORD);
    prosody.register("kea", TestAccount.PASSWORD);
    meet(PLAIN, PLAIN);
    Conversation to = Conversation.direct(TestAccount.ID, "kea@localhost");
    assertThatThrownBy(() -> transport(owl, "socks5").canReach(to))
        .hasMessageContaining("the server has no SOCKS5 proxy, and files.listen is not set");
    assertThatThrownBy(() -> transport(owl, "upload").canReach(to))
        .hasMessageContaining("the server stores no files");
    assertThat(transport(owl, "in-band").canReach(to)).isTrue();
  }

  @Test
  void who_is_not_there_takes_nothing() throws Exception {
    meet(PLAIN, PLAIN);
    FileTransport socks = transport(owl, "socks5");
    assertThat(socks.canReach(Conversation.direct(TestAccount.ID, "kea@localhost"))).isTrue();
    assertThatThrownBy(
            () -> socks.canReach(Conversation.direct(TestAccount.ID, "nobody@localhost")))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("nobody@localhost has no client online that takes files");
    assertThat(socks.canReach(Conversation.room(TestAccount.ID, "owls@rooms.localhost"))).isFalse();
    owl.close();
    assertThatThrownBy(() -> socks.canReach(Conversation.direct(TestAccount.ID, "kea@localhost")))
        .isInstanceOf(IOException.class);
  }
}
