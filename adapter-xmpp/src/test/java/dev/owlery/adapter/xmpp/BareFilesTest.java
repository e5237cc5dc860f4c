package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.adapter.xmpp.link.XmppFileSettings;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.Slixmpp;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams without offers, to and from slixmpp's SOCKS5 and in-band plugins. */
class BareFilesTest {
  private static final int FILES = 20;

  private static final String SCRIPT =
      """
      import hashlib
      import os
      import owlery_slixmpp as base

      class Client(base.Client):
          def __init__(self, jid, password):
              super().__init__(jid, password)
              self.register_plugin("xep_0065", {"auto_accept": True})
              self.register_plugin("xep_0047", {"auto_accept": True, "max_block_size": 4096})
              self.digest = hashlib.sha256()
              self.add_event_handler("socks5_data", lambda data: self.digest.update(data))
              self.add_event_handler("socks5_closed", lambda args: self.on_end("socks5"))
              self.add_event_handler("ibb_stream_data", lambda stream: self.digest.update(stream.read()))
              self.add_event_handler("ibb_stream_end", lambda stream: self.on_end("in-band"))
              self.sending = False

          def on_end(self, way):
              if not self.sending:
                  base.tell("received", way=way, sha256=self.digest.hexdigest())
                  self.digest = hashlib.sha256()

          async def do_socks5(self, order):
              self.sending = True
              content = os.urandom(order["size"])
              proxy = await self["xep_0065"].handshake(base.slixmpp.JID(order["to"]))
              proxy.transport.write(content)
              proxy.transport.write_eof()
              return hashlib.sha256(content).hexdigest()

          async def do_inband(self, order):
              self.sending = True
              content = os.urandom(order["size"])
              stream = await self["xep_0047"].open_stream(base.slixmpp.JID(order["to"]))
              await stream.sendall(content)
              await stream.close()
              return hashlib.sha256(content).hexdigest()

      base.run(Client)
      """;

  private final ServerSocket host = host();
  private Prosody prosody;
  private Slixmpp ann;
  private TestAccount owl;

  @BeforeEach
  void begin() {
    prosody = Prosody.start();
    prosody.register("owl", TestAccount.PASSWORD);
    prosody.register("ann", "secret");
    ann = Slixmpp.connect(prosody, "ann", "secret", SCRIPT);
    String address =
        ann.events().stream()
            .filter(event -> "online".equals(event.get("event")))
            .map(event -> String.valueOf(event.get("address")))
            .findFirst()
            .orElseThrow();
    owl =
        new TestAccount.With(prosody)
            .rooms()
            .files(
                new XmppFileSettings(
                    List.of("127.0.0.1:" + host.getLocalPort()),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(address),
                    List.of("ann@localhost"),
                    Optional.empty()))
            .online();
  }

  @AfterEach
  void end() throws IOException {
    host.close();
    owl.close();
    ann.close();
    prosody.close();
  }

  private static ServerSocket host() {
    try {
      return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private FileTransport transport(String name) {
    return owl.adapter.transports().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** From one byte to as much as goes that way in a moment, as many small ones as large ones. */
  private static int size(String way, int number) {
    int largest = way.equals("socks5") ? 4 << 20 : 200_000;
    return (int) Math.pow(largest, number / (FILES - 1.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5", "in-band"})
  void slixmpp_takes_what_we_send(String way) throws Exception {
    Conversation to = Conversation.direct(TestAccount.ID, "ann@localhost");
    FileTransport transport = transport("bare-" + way);
    assertThat(transport.canReach(to)).isTrue();
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[size(way, i)];
      new Random(i).nextBytes(content);
      String sum = MemorySink.sha256(content);
      transport.send(
          new OutgoingFile("f" + i, to, "f", "text/plain", content.length, sum, Instant.now(), 1),
          offset -> new ByteArrayInputStream(content));
      assertThat(ann.expect("received", event -> way.equals(event.get("way"))))
          .containsEntry("sha256", sum);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5", "in-band"})
  void we_take_what_slixmpp_sends(String way) throws Exception {
    FileTransport transport = transport("bare-" + way);
    for (int i = 0; i < FILES; i++) {
      int number = i + 1;
      MemorySink sink = new MemorySink();
      Thread receiving =
          Thread.ofVirtual()
              .start(() -> {
                owl.await(
                    "stream " + number,
                    account -> account.events(FileOffered.class).size() >= number);
                FileOffered offer = owl.events(FileOffered.class).get(number - 1);
                try {
                  transport.receive(
                      new IncomingFile(offer.where(), offer.sender(), offer.offer(), offer.file()),
                      sink);
                } catch (Exception failed) {
                  throw new AssertionError(failed);
                }
              });
      Object sum =
          ann.ask(way.replace("-", ""), "to", "owl@localhost/owlery", "size", size(way, i))
              .get("result");
      receiving.join(20_000);
      assertThat(MemorySink.sha256(sink.content())).isEqualTo(sum);
    }
  }

  /** A host of the sender's own, to which the bot connects directly, and what it sends. */
  private void serve(boolean isCut) {
    try (Socket socket = host.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      in.readFully(new byte[3]);
      out.write(new byte[] {5, 0});
      byte[] connect = new byte[5];
      in.readFully(connect);
      byte[] address = new byte[connect[4] + 2];
      in.readFully(address);
      out.write(new byte[] {5, 0, 0, 3, connect[4]});
      out.write(address);
      out.write(new byte[10_000]);
      out.flush();
      socket.setSoLinger(isCut, 0);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_stream_that_is_reset_is_no_whole_file(boolean isCut) throws Exception {
    Thread serving = Thread.ofVirtual().start(() -> serve(isCut));
    ann.tell(
        "raw",
        "xml",
        "<iq type='set' id='s1' to='owl@localhost/owlery'>"
            + "<query xmlns='http://jabber.org/protocol/bytestreams' sid='x' mode='tcp'>"
            + "<streamhost jid='ann@localhost' host='127.0.0.1' port='%d'/></query></iq>"
                .formatted(host.getLocalPort()));
    FileOffered offer = owl.expect(FileOffered.class);
    IncomingFile file =
        new IncomingFile(offer.where(), offer.sender(), offer.offer(), offer.file());
    MemorySink sink = new MemorySink();
    if (isCut) {
      assertThatThrownBy(() -> transport("bare-socks5").receive(file, sink))
          .isInstanceOfSatisfying(
              TransferException.class,
              broken -> assertThat(broken.reason()).isEqualTo(TransferException.Reason.REFUSED))
          .hasMessageContaining("broke off");
    } else {
      transport("bare-socks5").receive(file, sink);
      assertThat(sink.content()).hasSize(10_000);
    }
    assertThat(sink.isComplete()).isEqualTo(!isCut);
    assertThat(serving.join(Duration.ofSeconds(20))).isTrue();
  }
}
