package dev.owlery.adapter.slack.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.slack.TestAccount;
import dev.owlery.adapter.slack.TestSettings;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackFault;
import dev.owlery.testkit.slack.SlackRoom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files up and down, through what goes wrong on the way. */
class SlackFilesTest {

  private static final SlackFault.RateLimited LIMITED =
      new SlackFault.RateLimited(Duration.ofSeconds(1));

  private final byte[] bytes = new byte[3 * 1024 * 1024 + 17];
  private SlackDouble slack;
  private TestAccount account;
  private FileTransport files;
  private Conversation owls;

  @BeforeEach
  void start() throws Exception {
    new Random(5).nextBytes(bytes);
    slack = SlackDouble.start();
    slack.channel("owls");
    account = TestAccount.online(TestSettings.socket(slack));
    files = account.adapter().transports().getFirst();
    owls = account.adapter().locate("#owls");
  }

  @AfterEach
  void stop() {
    account.close();
    slack.close();
  }

  private OutgoingFile file(long size, int attempt) {
    return new OutgoingFile(
        "id-1",
        owls,
        "may report.bin",
        "application/octet-stream",
        size,
        "0".repeat(64),
        Instant.now(),
        attempt);
  }

  private FileSource source() {
    return offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
  }

  private int shown() {
    return (int)
        slack.channel("owls").messages().stream()
            .filter(message -> message.json().has("files"))
            .count();
  }

  @Test
  void a_file_gets_there_through_limits_and_lost_connections() throws Exception {
    assertThat(files.canReach(owls)).isTrue();
    assertThat(files.canReach(account.adapter().locate("#nowhere"))).isFalse();
    slack
        .faults()
        .next("files.getUploadURLExternal", LIMITED)
        .next("upload", new SlackFault.LostRequest())
        .next("upload", LIMITED);
    OutgoingFile file = file(bytes.length, 1);
    assertThatThrownBy(() -> files.send(file, source())).isInstanceOf(IOException.class);
    assertThat(files.wasDelivered(file)).isFalse();
    assertThatThrownBy(() -> files.send(file, source())).hasMessageContaining("429");
    files.send(file, source());

    String id = slack.channel("owls").messages().getLast().json().at("/files/0/id").asText();
    assertThat(slack.file(id).orElseThrow()).isEqualTo(bytes);
    assertThat(shown()).isEqualTo(1);
  }

  @Test
  void whether_it_was_shown_is_looked_up() throws Exception {
    OutgoingFile file = file(bytes.length, 1);
    slack.faults().next("files.completeUploadExternal", new SlackFault.LostRequest());
    assertThatThrownBy(() -> files.send(file, source())).isInstanceOf(IOException.class);
    assertThat(files.wasDelivered(file)).isFalse();
    slack.faults().next("files.completeUploadExternal", new SlackFault.LostResponse());
    assertThatThrownBy(() -> files.send(file, source())).isInstanceOf(IOException.class);
    assertThat(files.wasDelivered(file)).isTrue();
    assertThat(shown()).isEqualTo(1);
  }

  @Test
  void what_slack_does_not_take_goes_another_way() {
    assertThatThrownBy(() -> files.send(file(0, 1), source()))
        .isInstanceOfSatisfying(
            TransferException.class,
            refused ->
                assertThat(refused.reason()).isEqualTo(TransferException.Reason.UNREACHABLE));
  }

  /** Keeps what came, over attempts. */
  private static final class Sink implements FileSink {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private long wire;
    private boolean complete;

    @Override
    public long offset() {
      return all.size();
    }

    @Override
    public OutputStream from(long offset) {
      byte[] kept = Arrays.copyOf(all.toByteArray(), (int) offset);
      all.reset();
      all.writeBytes(kept);
      return new OutputStream() {
        @Override
        public void write(int b) {
          all.write(b);
          wire++;
        }

        @Override
        public void write(byte[] some, int at, int length) {
          all.write(some, at, length);
          wire += length;
        }
      };
    }

    @Override
    public String complete() {
      complete = true;
      return "0".repeat(64);
    }
  }

  @Test
  void a_shared_file_is_an_offer_and_is_fetched_from_where_it_broke_off() throws Exception {
    String text = "0123456789".repeat(100_000);
    slack.user("ann").in("owls").uploads("may.txt", text, "here it is");
    FileOffered offered = account.event(FileOffered.class);
    assertThat(offered.transport()).isEqualTo(files.name());
    assertThat(offered.where()).isEqualTo(owls);
    assertThat(offered.file().name()).isEqualTo("may.txt");
    assertThat(offered.file().size()).hasValue(text.length());
    assertThat(offered.sender().identity()).isPresent();
    IncomingFile file =
        new IncomingFile(offered.where(), offered.sender(), offered.offer(), offered.file());

    slack
        .faults()
        .next("download", new SlackFault.LostResponse())
        .next("download", LIMITED)
        .next("files.info", LIMITED);
    Sink sink = new Sink();
    assertThatThrownBy(() -> files.receive(file, sink)).isInstanceOf(IOException.class);
    assertThat(sink.offset()).isPositive().isLessThan(text.length());
    assertThatThrownBy(() -> files.receive(file, sink)).hasMessageContaining("429");
    files.receive(file, sink);
    assertThat(sink.complete).isTrue();
    assertThat(sink.all.toString(StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(sink.wire).isEqualTo(text.length());
  }

  @Test
  void who_sends_a_file_to_the_bot_alone_is_told_that_it_is_not_taken() throws Exception {
    SlackRoom direct = slack.user("ann").direct();
    direct.uploads("may.txt", "text", "");
    FileOffered offered = account.event(FileOffered.class);
    IncomingFile file =
        new IncomingFile(offered.where(), offered.sender(), offered.offer(), offered.file());
    files.refuse(file, TransferException.Reason.REFUSED, "files from you are not taken");
    direct.expect("I have not taken may.txt: files from you are not taken");
    // A file in a room was not for the bot.
    files.refuse(
        new IncomingFile(owls, offered.sender(), offered.offer(), offered.file()),
        TransferException.Reason.REFUSED,
        "files from you are not taken");
    // The double notes a call when it has answered it.
    slack.await(
        "one post", Duration.ofSeconds(10), () -> slack.calls("chat.postMessage").size() == 1);
  }

  @Test
  void what_is_no_file_is_refused() throws Exception {
    slack.user("ann").in("owls").uploads("may.txt", "text", "");
    FileOffered offered = account.event(FileOffered.class);
    for (String offer : new String[] {"F999", "../x", "", "F0&token=1"}) {
      IncomingFile file =
          new IncomingFile(offered.where(), offered.sender(), offer, offered.file());
      assertThatThrownBy(() -> files.receive(file, new Sink()))
          .as(offer)
          .isInstanceOf(TransferException.class);
    }
  }
}
