package dev.owlery.adapter.xmpp;

import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.testkit.AdapterPeer;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.XmppServer;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Ann, at a real XMPP server, with a plain client. Each peer has names of its own, so that many can
 * share one server.
 */
final class XmppPeer implements AdapterPeer {
  private static final AtomicInteger PEERS = new AtomicInteger();

  private final int number = PEERS.incrementAndGet();
  private final String person = "ann" + number;
  private final String bot = "owl" + number;
  private final String room;
  private final XmppServer server;
  private final RawXmppClient ann;
  private final Deque<String> roomLines = new ArrayDeque<>();
  private final Deque<String> aloneLines = new ArrayDeque<>();
  private Optional<RawXmppClient> other = Optional.empty();
  private int read;

  XmppPeer(XmppServer server) {
    this.server = server;
    this.room = "dev" + number + "@" + server.rooms();
    server.register(bot, TestAccount.PASSWORD);
    ann = RawXmppClient.join(server, person);
    ann.enter(room, person);
  }

  @Override
  public AdapterProvider provider() {
    return new XmppAdapterProvider();
  }

  @Override
  public Record settings() {
    return new TestAccount.With(server).jid(bot + "@localhost").nick(bot).rooms(room).settings();
  }

  @Override
  public String room() {
    return room;
  }

  @Override
  public String person() {
    return person;
  }

  @Override
  public void botIsOnline() {
    RawXmppClient.await(
        "the bot in the room",
        () ->
            ann.stanzas().stream()
                .filter(stanza -> stanza.from().equals(room + "/" + bot))
                .filter(stanza -> stanza.name().equals("presence"))
                .reduce((earlier, later) -> later)
                .filter(stanza -> stanza.type().isEmpty())
                .isPresent());
  }

  @Override
  public void saysInRoom(String line) {
    ann.sayIn(room, line);
  }

  @Override
  public void tells(String line) {
    ann.say(bot + "@localhost", line);
  }

  @Override
  public String somebodyJoins() {
    RawXmppClient bea = RawXmppClient.join(server, "bea" + number);
    bea.enter(room, "bea" + number);
    other = Optional.of(bea);
    return "bea" + number;
  }

  @Override
  public Optional<String> hearsInRoom(Duration patience) {
    return next(roomLines, patience);
  }

  @Override
  public Optional<String> isTold(Duration patience) {
    return next(aloneLines, patience);
  }

  private Optional<String> next(Deque<String> lines, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    readOn();
    while (lines.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
      readOn();
    }
    return Optional.ofNullable(lines.pollFirst());
  }

  private void readOn() {
    List<XmppStanza> all = ann.stanzas();
    for (XmppStanza stanza : all.subList(read, all.size())) {
      boolean isSaid = stanza.name().equals("message") && !stanza.type().equals("error");
      // Her client knows retractions, and does not show the words for those that do not.
      boolean isShown = isSaid && !stanza.raw().contains("urn:xmpp:message-retract");
      if (isShown && !stanza.body().isEmpty()) {
        if (stanza.from().equals(room + "/" + bot)) {
          roomLines.addAll(Arrays.asList(stanza.body().split("\n", -1)));
        } else if (stanza.from().startsWith(bot + "@localhost")) {
          aloneLines.addAll(Arrays.asList(stanza.body().split("\n", -1)));
        }
      }
    }
    read = all.size();
  }

  @Override
  public void close() {
    other.ifPresent(RawXmppClient::close);
    ann.close();
  }
}
