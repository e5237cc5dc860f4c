package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.link.XmppRequests;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smackx.bytestreams.ibb.packet.Close;
import org.jivesoftware.smackx.bytestreams.ibb.packet.Data;
import org.jivesoftware.smackx.bytestreams.ibb.packet.DataPacketExtension;
import org.jivesoftware.smackx.bytestreams.ibb.packet.Open;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * In-band bytestreams (XEP-0047): through the servers, in pieces, each answered. Slow, but where a
 * message goes they go too. A few pieces are on their way at the same time; as many as the server
 * lets through at once ({@link InBandWindow}), so that what people say does not wait behind them.
 */
public final class InBandStreams implements StreamMethod {
  static final String NAMESPACE = DataPacketExtension.NAMESPACE;
  private static final int LARGEST_BLOCK = 4_096;
  private static final int SMALLEST_BLOCK = 512;
  private static final int LARGEST_ACCEPTED = 65_535;
  private static final int SEQUENCES = 65_536;

  private final Map<String, InBandInput> open = new ConcurrentHashMap<>();
  private volatile UnofferedStreams strangers = UnofferedStreams.REFUSED;

  /** A piece on its way. */
  private record SentBlock(CompletableFuture<IQ> answer, long sentAt) {}

  @Override
  public String name() {
    return "in-band";
  }

  @Override
  public String namespace() {
    return NAMESPACE;
  }

  @Override
  public void attach(XmppLink link) {
    link.connection().registerIQRequestHandler(new BlockHandler(Open.ELEMENT, link));
    link.connection().registerIQRequestHandler(new BlockHandler(DataPacketExtension.ELEMENT, link));
    link.connection().registerIQRequestHandler(new BlockHandler(Close.ELEMENT, link));
    ServiceDiscoveryManager.getInstanceFor(link.connection()).addFeature(NAMESPACE);
    // The streams of an earlier connection are gone with it.
    open.values().forEach(stream -> stream.end("the connection ended"));
  }

  /** Takes what other clients send. On the reading thread. */
  private final class BlockHandler extends AbstractIqRequestHandler {
    private final XmppLink link;

    BlockHandler(String element, XmppLink link) {
      super(element, NAMESPACE, IQ.Type.set, Mode.sync);
      this.link = link;
    }

    @Override
    public @Nullable IQ handleIQRequest(IQ request) {
      return switch (request) {
        case Open wanted -> opened(wanted);
        case Data block -> received(block);
        case Close last -> closed(last);
        default -> IQ.createErrorResponse(request, Condition.bad_request);
      };
    }

    private @Nullable IQ opened(Open wanted) {
      if (wanted.getBlockSize() > LARGEST_ACCEPTED) {
        return IQ.createErrorResponse(wanted, Condition.resource_constraint);
      }
      InBandInput stream = open.get(key(wanted.getFrom(), wanted.getSessionID()));
      if (stream == null) {
        return strangers.take(link, wanted, wanted.getSessionID())
            ? null
            : IQ.createErrorResponse(wanted, Condition.not_acceptable);
      }
      stream.begin(wanted.getBlockSize());
      return IQ.createResultIQ(wanted);
    }

    private @Nullable IQ received(Data block) {
      DataPacketExtension data = block.getDataPacketExtension();
      InBandInput stream = open.get(key(block.getFrom(), data.getSessionID()));
      if (stream == null) {
        return IQ.createErrorResponse(block, Condition.item_not_found);
      }
      boolean taken =
          stream.add(
              data.getSeq().intValue(), data.getData(), () -> link.reply(IQ.createResultIQ(block)));
      return taken ? null : IQ.createErrorResponse(block, Condition.unexpected_request);
    }

    private IQ closed(Close last) {
      InBandInput stream = open.get(key(last.getFrom(), last.getSessionID()));
      if (stream == null) {
        return IQ.createErrorResponse(last, Condition.item_not_found);
      }
      stream.end("");
      return IQ.createResultIQ(last);
    }
  }

  @Override
  public void leaveStrangersTo(UnofferedStreams who) {
    strangers = who;
  }

  private static String key(Jid from, String stream) {
    return from + " " + stream;
  }

  @Override
  public void send(XmppLink link, Jid to, String stream, InputStream bytes)
      throws IOException, InterruptedException {
    int block = begin(link, to, stream);
    Queue<SentBlock> underway = new ArrayDeque<>();
    InBandWindow window = new InBandWindow();
    int sequence = 0;
    for (byte[] next = bytes.readNBytes(block); next.length > 0; next = bytes.readNBytes(block)) {
      while (underway.size() >= window.size()) {
        window.acknowledged(answered(link, underway.remove()));
      }
      String text = Base64.getEncoder().encodeToString(next);
      Data data = new Data(new DataPacketExtension(stream, sequence, text));
      data.setTo(to);
      underway.add(
          new SentBlock(
              XmppRequests.send(link.connection(), data, PATIENCE.toMillis()), System.nanoTime()));
      sequence = (sequence + 1) % SEQUENCES;
    }
    while (!underway.isEmpty()) {
      answered(link, underway.remove());
    }
    Close close = new Close(stream);
    close.setTo(to);
    link.ask(close);
  }

  /** Waits for a piece's answer; returns how long it took. */
  private static Duration answered(XmppLink link, SentBlock piece)
      throws IOException, InterruptedException {
    PeerTimeouts.wait(link, piece.answer(), PATIENCE.plusSeconds(2));
    return Duration.ofNanos(System.nanoTime() - piece.sentAt());
  }

  /** Opens a stream with the largest blocks that the other side takes. */
  private static int begin(XmppLink link, Jid to, String stream)
      throws IOException, InterruptedException {
    int block = LARGEST_BLOCK;
    while (true) {
      Open open = new Open(stream, block);
      open.setTo(to);
      try {
        PeerTimeouts.ask(link, open, PATIENCE);
        return block;
      } catch (XmppLink.StanzaErrorException refused) {
        block /= 2;
        if (!refused.is(Condition.resource_constraint) || block < SMALLEST_BLOCK) {
          throw refused;
        }
      }
    }
  }

  @Override
  public InputStream follow(XmppLink link, IQ asked) {
    if (!(asked instanceof Open request)) {
      throw new IllegalArgumentException("not an in-band bytestream");
    }
    InBandInput input = register(key(request.getFrom(), request.getSessionID()));
    input.begin(request.getBlockSize());
    link.reply(IQ.createResultIQ(request));
    return input;
  }

  private InBandInput register(String key) {
    InBandInput input = new InBandInput(done -> open.remove(key, done));
    open.put(key, input);
    return input;
  }

  @Override
  public Expected expect(XmppLink link, Jid from, String stream) {
    InBandInput input = register(key(from, stream));
    return new Expected() {
      @Override
      public InputStream open() throws IOException, InterruptedException {
        PeerTimeouts.wait(link, input.begun(), PATIENCE);
        return input;
      }

      @Override
      public void close() {
        input.close();
      }
    };
  }
}
