package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.adapter.xmpp.link.XmppFileSettings;
import dev.owlery.adapter.xmpp.link.XmppFileSettings.Compatible;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.folder.SafeName;
import dev.owlery.testkit.xmpp.OldCarrier;
import dev.owlery.testkit.xmpp.Prosody;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files to and from the old carrier, whose names are lines of chat. */
class OldCarrierFilesTest {
  private static final int FILES = 20;
  private static final String OWL = "owl@localhost/owlery";
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final AtomicInteger ROOMS = new AtomicInteger();
  private static Prosody prosody;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<OldCarrier> programs = new ArrayList<>();
  private final String roomName = "ops" + ROOMS.incrementAndGet() + "@open.localhost";
  private TestAccount owl;
  private int offers;

  @BeforeAll
  static void begin() {
    prosody = Prosody.start();
    prosody.register("owl", TestAccount.PASSWORD);
    List.of("ann", "bea").forEach(user -> prosody.register(user, TestAccount.PASSWORD));
  }

  @AfterAll
  static void stop() {
    prosody.close();
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    owl.close();
    programs.forEach(OldCarrier::close);
  }

  private OldCarrier connect(String user) {
    OldCarrier program = OldCarrier.connect(prosody, user, TestAccount.PASSWORD);
    programs.add(program);
    return program;
  }

  /** With a room, everybody talks there; else to each other. */
  private void meet(boolean hasRoom, Duration patience, OldCarrier... all) {
    Optional<String> room = Optional.of(roomName).filter(any -> hasRoom);
    owl =
        new TestAccount.With(prosody)
            .rooms(room.stream().toArray(String[]::new))
            .files(
                new XmppFileSettings(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(all[0].address()),
                    List.of("ann@localhost", "bea@localhost"),
                    Optional.of(new Compatible(room, patience))))
            .online();
    for (int i = 0; i < all.length && hasRoom; i++) {
      all[i].enter(roomName, "carrier" + i);
      int there = i + 2;
      owl.await(
          "all there",
          account -> account.adapter.members(TestAccount.room(roomName)).size() == there);
    }
  }

  private FileTransport transport() {
    return owl.adapter.transports().stream()
        .filter(each -> each.name().equals("bare-socks5"))
        .findFirst()
        .orElseThrow();
  }

  /** Takes the next file that is offered, when it is. */
  private Future<MemorySink> next() {
    int number = ++offers;
    return threads.submit(() -> {
      owl.await("stream " + number, account -> account.events(FileOffered.class).size() >= number);
      FileOffered offer = owl.events(FileOffered.class).get(number - 1);
      MemorySink sink = new MemorySink();
      transport()
          .receive(
              new IncomingFile(offer.where(), offer.sender(), offer.offer(), offer.file()), sink);
      return sink;
    });
  }

  private static MemorySink got(Future<MemorySink> file) throws Exception {
    return file.get(30, TimeUnit.SECONDS);
  }

  private static String name(int number) {
    return switch (number % 5) {
      case 0 -> "report " + number + ".txt";
      case 1 -> "pay  slip - é " + number + ".pdf";
      case 2 -> "*bold* _and_ `odd` " + number;
      case 3 -> "New file " + number;
      default -> number + " <a&b>.txt";
    };
  }

  private static OutgoingFile outgoing(int number, byte[] content) {
    return new OutgoingFile(
        "f" + number,
        Conversation.direct(TestAccount.ID, "ann@localhost"),
        name(number),
        "text/plain",
        content.length,
        MemorySink.sha256(content),
        Instant.now(),
        1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void it_names_what_we_send(boolean hasRoom) throws Exception {
    OldCarrier ann = connect("ann");
    meet(hasRoom, LONG, ann);
    int files = hasRoom ? FILES : 1;
    List<Future<?>> all = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      byte[] content = new byte[1 + i * i * 100];
      new Random(i).nextBytes(content);
      OutgoingFile file = outgoing(i, content);
      expected.add(file.name() + " " + file.sha256());
      all.add(
          threads.submit(() -> {
            transport().send(file, offset -> new ByteArrayInputStream(content));
            return true;
          }));
    }
    List<String> stored =
        IntStream.range(0, files)
            .mapToObj(any -> ann.stored())
            .map(file -> file.get("name") + " " + file.get("sha256"))
            .toList();
    assertThat(stored).containsExactlyInAnyOrderElementsOf(expected);
    for (Future<?> each : all) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(true);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void we_name_what_it_sends(boolean hasRoom) throws Exception {
    OldCarrier ann = connect("ann");
    meet(hasRoom, LONG, ann);
    ann.name(OWL, "of no stream");
    for (int i = 0; i < FILES; i++) {
      Future<MemorySink> file = next();
      String sum = ann.send(OWL, name(i), i * i * 100);
      assertThat(got(file).name()).isEqualTo(name(i));
      assertThat(MemorySink.sha256(got(file).content())).isEqualTo(sum);
      String line = "New file: " + SafeName.of(name(i));
      ann.hears(line);
    }
    owl.await("every line", account -> account.messages().size() > FILES);
    assertThat(owl.messages())
        .hasSize(FILES + 1)
        .extracting(MessagePosted::tone)
        .containsOnly(Tone.NOTICE);
  }

  @Test
  void nobody_else_names_a_file() throws Exception {
    OldCarrier ann = connect("ann");
    OldCarrier bea = connect("bea");
    OldCarrier anns = connect("ann");
    meet(true, LONG, ann, bea, anns);
    Future<MemorySink> file = next();
    ann.stream(OWL, 10);
    bea.name(OWL, "beas");
    anns.name(OWL, "of another client");
    bea.client().tell("say", "to", OWL, "body", "Send file: beas");
    owl.await("all said", account -> account.messages().size() == 3);
    assertThat(file.isDone()).isFalse();
    ann.name(OWL, "anns");
    assertThat(got(file).name()).isEqualTo("anns");
  }

  @Test
  void several_programs_send_at_once() throws Exception {
    OldCarrier ann = connect("ann");
    OldCarrier bea = connect("bea");
    OldCarrier anns = connect("ann");
    meet(true, LONG, ann, bea, anns);
    List<Future<MemorySink>> files = new ArrayList<>();
    List<String> sums = new ArrayList<>();
    for (OldCarrier each : List.of(ann, bea, anns, ann)) {
      files.add(next());
      sums.add(each.stream(OWL, 5_000));
    }
    anns.name(OWL, "third");
    bea.name(OWL, "second");
    ann.name(OWL, "first");
    ann.name(OWL, "fourth");
    List<String> names = List.of("first", "second", "third", "fourth");
    for (int i = 0; i < names.size(); i++) {
      assertThat(got(files.get(i)).name()).isEqualTo(names.get(i));
      assertThat(MemorySink.sha256(got(files.get(i)).content())).isEqualTo(sums.get(i));
    }
  }

  @Test
  void a_name_that_comes_too_late_names_nothing() throws Exception {
    OldCarrier ann = connect("ann");
    meet(true, Duration.ofMillis(300), ann);
    Future<MemorySink> first = next();
    ann.stream(OWL, 10);
    assertThat(got(first).name()).isEmpty();
    assertThat(got(first).content()).hasSize(10);
    ann.name(OWL, "late");
    Future<MemorySink> second = next();
    ann.stream(OWL, 20);
    assertThat(got(second).name()).isEmpty();
  }
}
