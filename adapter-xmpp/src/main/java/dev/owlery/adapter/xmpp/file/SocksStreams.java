package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.XmppFileSettings;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smackx.bytestreams.socks5.Socks5Client;
import org.jivesoftware.smackx.bytestreams.socks5.Socks5Utils;
import org.jivesoftware.smackx.bytestreams.socks5.packet.Bytestream;
import org.jivesoftware.smackx.bytestreams.socks5.packet.Bytestream.StreamHost;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SOCKS5 bytestreams (XEP-0065): through our server's proxy, and directly if the configuration
 * gives an address to listen on. As a receiver it connects only to proxies of our own server and to
 * the hosts that the configuration names: what the other side lists may be anybody's address.
 */
public final class SocksStreams implements StreamMethod {
  private static final Logger LOG = LoggerFactory.getLogger(SocksStreams.class);
  private static final int CONNECT_MILLIS = 5_000;
  private static final int QUIET_MILLIS = 60_000;
  private static final int MOST_HOSTS = 8;

  /** As much as Java takes from a socket at once. */
  private static final int PIECE = 128 << 10;

  private final XmppFileSettings settings;
  private final Optional<DirectHost> direct;
  private final Map<String, CompletableFuture<Bytestream>> expected = new ConcurrentHashMap<>();
  private volatile UnofferedStreams strangers = UnofferedStreams.REFUSED;

  public SocksStreams(XmppFileSettings settings) {
    this.settings = settings;
    this.direct = settings.listen().map(where -> new DirectHost(where, settings.announce()));
  }

  @Override
  public void leaveStrangersTo(UnofferedStreams who) {
    strangers = who;
  }

  @Override
  public String name() {
    return "socks5";
  }

  @Override
  public String namespace() {
    return Bytestream.NAMESPACE;
  }

  @Override
  public Optional<String> obstacle(XmppLink link) {
    return direct.isPresent() || link.features().service(namespace()).isPresent()
        ? Optional.empty()
        : Optional.of("the server has no SOCKS5 proxy, and files.listen is not set");
  }

  @Override
  public void attach(XmppLink link) {
    link.connection().registerIQRequestHandler(new SocksRequestHandler(link));
    ServiceDiscoveryManager.getInstanceFor(link.connection()).addFeature(namespace());
  }

  private final class SocksRequestHandler extends AbstractIqRequestHandler {
    private final XmppLink link;

    SocksRequestHandler(XmppLink link) {
      super(Bytestream.ELEMENT, Bytestream.NAMESPACE, IQ.Type.set, Mode.sync);
      this.link = link;
    }

    @Override
    public @Nullable IQ handleIQRequest(IQ request) {
      if (!(request instanceof Bytestream stream) || stream.getSessionID() == null) {
        return IQ.createErrorResponse(request, Condition.bad_request);
      }
      CompletableFuture<Bytestream> waiting = expected.remove(key(stream));
      boolean taken =
          waiting == null
              ? strangers.take(link, stream, stream.getSessionID())
              : waiting.complete(stream);
      return taken ? null : IQ.createErrorResponse(request, Condition.not_acceptable);
    }
  }

  private static String key(Bytestream request) {
    return key(request.getFrom(), request.getSessionID());
  }

  private static String key(Jid from, String stream) {
    return from + " " + stream;
  }

  @Override
  public void send(XmppLink link, Jid to, String stream, InputStream bytes)
      throws IOException, InterruptedException {
    Jid own = link.connection().getUser();
    String digest = Socks5Utils.createDigest(stream, own, to);
    List<StreamHost> hosts = hosts(link);
    Optional<DirectHost.AwaitedConnection> here = Optional.empty();
    try {
      if (direct.isPresent()) {
        DirectHost host = direct.get();
        here = Optional.of(host.await(digest));
        hosts.addFirst(host.shownAs(own));
      }
      if (hosts.isEmpty()) {
        throw new TransferException(
            Reason.UNREACHABLE, "the server's SOCKS5 proxy does not say where it is");
      }
      StreamHost used = offer(link, to, stream, hosts);
      boolean isHere = here.isPresent() && used.getJID().equals(own);
      try (Socket socket =
          isHere
              ? here.get().socket(link, PATIENCE)
              : throughProxy(link, to, stream, used, digest)) {
        socket.setSoTimeout(QUIET_MILLIS);
        OutputStream out = socket.getOutputStream();
        bytes.transferTo(out);
        out.flush();
        socket.shutdownOutput();
      }
    } finally {
      here.ifPresent(DirectHost.AwaitedConnection::close);
    }
  }

  private static StreamHost offer(XmppLink link, Jid to, String stream, List<StreamHost> hosts)
      throws IOException, InterruptedException {
    Bytestream offer = new Bytestream(stream);
    offer.setType(IQ.Type.set);
    offer.setTo(to);
    offer.setMode(Bytestream.Mode.tcp);
    hosts.forEach(offer::addStreamHost);
    IQ answer;
    try {
      answer = PeerTimeouts.ask(link, offer, PATIENCE);
    } catch (XmppLink.StanzaErrorException refused) {
      throw new TransferException(
          Reason.UNREACHABLE,
          "the other side cannot connect to "
              + hosts.stream()
                  .map(host -> host.getAddress() + ":" + host.getPort())
                  .collect(Collectors.joining(", ")));
    }
    if (answer instanceof Bytestream taken && taken.getUsedHost() != null) {
      Jid used = taken.getUsedHost().getJID();
      return hosts.stream()
          .filter(host -> host.getJID().equals(used))
          .findFirst()
          .orElseThrow(() -> new IOException("the other side uses a host that was not offered"));
    }
    throw new IOException("the other side did not say which SOCKS5 host it uses");
  }

  private static Socket throughProxy(
      XmppLink link, Jid to, String stream, StreamHost proxy, String digest)
      throws IOException, InterruptedException {
    Socket socket = connect(proxy, digest);
    try {
      Bytestream activate = new Bytestream(stream);
      activate.setType(IQ.Type.set);
      activate.setTo(proxy.getJID());
      activate.setToActivate(to);
      link.ask(activate);
      return socket;
    } catch (IOException | InterruptedException failed) {
      socket.close();
      throw failed;
    }
  }

  private static Socket connect(StreamHost host, String digest)
      throws IOException, InterruptedException {
    try {
      Socket socket = new Socks5Client(host, digest).getSocket(CONNECT_MILLIS);
      socket.setSoTimeout(QUIET_MILLIS);
      return socket;
    } catch (IOException | TimeoutException | SmackException | XMPPException failed) {
      throw new IOException("no way through " + host.getAddress() + ": " + failed.getMessage());
    }
  }

  /** Our server's proxies, which say themselves where they are. */
  private static List<StreamHost> hosts(XmppLink link) throws IOException, InterruptedException {
    List<StreamHost> all = new ArrayList<>();
    Optional<String> proxy = link.features().service(Bytestream.NAMESPACE);
    if (proxy.isPresent()) {
      Bytestream question = new Bytestream();
      question.setType(IQ.Type.get);
      question.setTo(XmppIdentity.address(proxy.get()));
      try {
        if (link.ask(question) instanceof Bytestream answer) {
          all.addAll(answer.getStreamHosts());
        }
      } catch (XmppLink.StanzaErrorException notForUs) {
        LOG.debug("the proxy {} refuses: {}", proxy.get(), notForUs.getMessage());
      }
    }
    return all;
  }

  @Override
  public Expected expect(XmppLink link, Jid from, String stream) {
    CompletableFuture<Bytestream> request = new CompletableFuture<>();
    expected.put(key(from, stream), request);
    return new Expected() {
      @Override
      public InputStream open() throws IOException, InterruptedException {
        return follow(link, PeerTimeouts.wait(link, request, PATIENCE));
      }

      @Override
      public void close() {
        expected.remove(key(from, stream), request);
      }
    };
  }

  @Override
  public InputStream follow(XmppLink link, IQ asked) throws IOException, InterruptedException {
    if (!(asked instanceof Bytestream request)) {
      throw new IllegalArgumentException("not a SOCKS5 bytestream");
    }
    String digest =
        Socks5Utils.createDigest(
            request.getSessionID(), request.getFrom(), link.connection().getUser());
    IOException trouble = new IOException("none of the SOCKS5 hosts that were offered is allowed");
    List<StreamHost> offered = request.getStreamHosts();
    List<StreamHost> ours = hosts(link);
    for (StreamHost host : offered.subList(0, Math.min(MOST_HOSTS, offered.size()))) {
      if (isAllowed(host, ours)) {
        try {
          Socket socket = connect(host, digest);
          Bytestream answer = new Bytestream(request.getSessionID());
          answer.setType(IQ.Type.result);
          answer.setStanzaId(request.getStanzaId());
          answer.setTo(request.getFrom());
          answer.setUsedHost(host.getJID());
          link.reply(answer);
          return new SocketInput(socket);
        } catch (IOException unreachable) {
          trouble = unreachable;
        }
      }
    }
    link.reply(IQ.createErrorResponse(request, Condition.item_not_found));
    throw trouble;
  }

  /** A proxy of our server is only what the server itself says that it is. */
  private boolean isAllowed(StreamHost host, List<StreamHost> ours) {
    String address = host.getAddress().toString();
    return ours.stream()
            .anyMatch(own ->
                own.getPort() == host.getPort() && own.getAddress().toString().equals(address))
        || settings.hosts().contains(address)
        || settings.hosts().contains(address + ":" + host.getPort());
  }

  /** Closes the socket with the stream. */
  private static final class SocketInput extends java.io.FilterInputStream {
    private final Socket socket;

    SocketInput(Socket socket) throws IOException {
      super(socket.getInputStream());
      this.socket = socket;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      byte[] piece = new byte[PIECE];
      long total = 0;
      for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
        out.write(piece, 0, some);
        total += some;
      }
      return total;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
