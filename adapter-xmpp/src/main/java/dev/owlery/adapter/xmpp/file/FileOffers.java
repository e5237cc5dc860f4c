package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.InboundMessage;
import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.link.XmppSettings;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.event.Origin;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smackx.bytestreams.socks5.packet.Bytestream;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * Offers of files and their answers (XEP-0095, XEP-0096), in both directions, with ranges so that a
 * transfer goes on where it broke off. Between two Owlerys the file's SHA-256 goes with the offer,
 * and the sender asks in the end what has arrived ({@link FileReceipt}).
 */
public final class FileOffers implements XmppExtension {

  /** A person may be asked before. */
  private static final Duration DECISION = Duration.ofMinutes(5);

  private static final int MOST_OFFERS = 200;

  private final AdapterContext context;
  private final List<StreamMethod> methods;
  private final FileReceipts receipts;
  private final OfferHashes hashes = new OfferHashes();
  private final RecipientFinder takers;
  private final List<BareTransport> bare;
  private final Optional<LegacyFileNames> talk;
  private final Map<String, IncomingOffer> offers = new LinkedHashMap<>();
  private volatile Optional<XmppLink> link = Optional.empty();

  private record IncomingOffer(XmppLink link, StreamOffer request, StreamMethod method) {}

  /**
   * Makes it.
   *
   * @param settings the account's settings
   * @param context the core
   * @param methods how bytes can go, the best first
   * @param talk tells names of files without an offer; empty if nobody does
   */
  public FileOffers(
      XmppSettings settings,
      AdapterContext context,
      List<StreamMethod> methods,
      Optional<LegacyFileNames> talk) {
    this.context = context;
    this.methods = methods;
    this.receipts = new FileReceipts(context.memory(), context.clock());
    this.takers = new RecipientFinder(settings, context.clock());
    this.bare =
        methods.stream()
            .map(method ->
                new BareTransport(
                    settings.files(),
                    method,
                    talk.filter(any -> method.namespace().equals(Bytestream.NAMESPACE))))
            .toList();
    this.talk = talk;
  }

  @Override
  public List<FileTransport> transports() {
    return Stream.concat(
            methods.stream().map(method -> new StreamTransport(this, method)), bare.stream())
        .toList();
  }

  @Override
  public void heard(InboundMessage heard, Jid speaker) {
    talk.ifPresent(lines -> lines.heard(heard, speaker));
  }

  @Override
  public boolean received(Message message) {
    return link.isPresent() && takers.received(link.get(), message);
  }

  @Override
  public void presence(Presence presence) {
    takers.presence(presence);
  }

  @Override
  public void attach(XmppLink fresh) {
    StreamOffer.ensureKnown();
    synchronized (offers) {
      offers.clear();
    }
    ServiceDiscoveryManager discovery = ServiceDiscoveryManager.getInstanceFor(fresh.connection());
    discovery.addFeature(StreamOffer.NAMESPACE);
    discovery.addFeature(StreamOffer.PROFILE);
    fresh.connection().registerIQRequestHandler(new OfferHandler(fresh));
    methods.forEach(method -> method.attach(fresh));
    bare.forEach(each -> each.attach(fresh));
    receipts.attach(fresh);
    link = Optional.of(fresh);
  }

  /** Takes offers. On the reading thread. */
  private final class OfferHandler extends AbstractIqRequestHandler {
    private final XmppLink from;

    OfferHandler(XmppLink from) {
      super(StreamOffer.ELEMENT, StreamOffer.NAMESPACE, IQ.Type.set, Mode.sync);
      this.from = from;
    }

    @Override
    public @Nullable IQ handleIQRequest(IQ request) {
      return request instanceof StreamOffer offer && offer.getFrom() != null
          ? offered(from, offer)
          : IQ.createErrorResponse(request, Condition.bad_request);
    }
  }

  private @Nullable IQ offered(XmppLink from, StreamOffer offer) {
    StreamOffer.Terms terms = offer.terms();
    Optional<StreamMethod> method =
        methods.stream().filter(each -> terms.methods().contains(each.namespace())).findFirst();
    if (terms.name().isEmpty() || terms.id().isEmpty() || method.isEmpty()) {
      return IQ.createErrorResponse(offer, Condition.bad_request);
    }
    String id = offer.getFrom() + " " + terms.id() + " " + offer.getStanzaId();
    synchronized (offers) {
      if (offers.size() >= MOST_OFFERS) {
        return IQ.createErrorResponse(offer, Condition.resource_constraint);
      }
      offers.put(id, new IncomingOffer(from, offer, method.get()));
    }
    from.publish(
        new FileOffered(
            Origin.live("file " + id, context.clock().instant()),
            from.identity().chatWith(offer.getFrom().asBareJid()),
            from.identity().direct(offer.getFrom()),
            method.get().name(),
            id,
            new FileRef(
                Markup.clean(terms.name()),
                Optional.of(Markup.clean(terms.mediaType())).filter(type -> !type.isBlank()),
                terms.size(),
                Optional.of(terms.sha256()).filter(sum -> !sum.isEmpty()),
                Optional.empty())));
    return null;
  }

  /** Each attempt of a sending has an offer of its own, and the same stream. */
  static boolean isSameSending(String earlier, String later) {
    int stream = earlier.lastIndexOf(' ') + 1;
    return stream == later.lastIndexOf(' ') + 1 && earlier.regionMatches(0, later, 0, stream);
  }

  private Optional<IncomingOffer> take(IncomingFile file) {
    synchronized (offers) {
      return Optional.ofNullable(offers.remove(file.offer()));
    }
  }

  void refuse(IncomingFile file, Reason reason, String text) {
    take(file)
        .ifPresent(offered ->
            offered
                .link()
                .reply(
                    IQ.createErrorResponse(
                        offered.request(),
                        Stanzas.error(
                            reason == Reason.NO_ROOM
                                ? Condition.resource_constraint
                                : Condition.forbidden,
                            XmppErrorText.line(text)))));
  }

  void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
    IncomingOffer offered =
        take(file).orElseThrow(() -> new IOException("the offer is gone with the connection"));
    StreamOffer offer = offered.request();
    StreamOffer.Terms terms = offer.terms();
    long there = terms.ranged() ? sink.offset() : 0;
    long offset = isChecked(terms) ? hashes.offset(key(offer), there) : there;
    receipts.receive(offer.getFrom(), terms.id(), () -> fetch(offered, offset, sink));
  }

  /** Where a SHA-256 is offered too, the core checks that. */
  private static boolean isChecked(StreamOffer.Terms terms) {
    return !terms.md5().isEmpty() && terms.sha256().isEmpty();
  }

  private static String key(StreamOffer offer) {
    return offer.getFrom().asBareJid() + " " + offer.terms().id();
  }

  private OutputStream checked(StreamOffer offer, OutputStream to, long offset) {
    return isChecked(offer.terms()) ? hashes.incoming(key(offer), to, offset) : to;
  }

  private String fetch(IncomingOffer offered, long offset, FileSink sink)
      throws IOException, InterruptedException {
    StreamOffer offer = offered.request();
    StreamOffer.Terms terms = offer.terms();
    XmppLink on = offered.link();
    try (StreamMethod.Expected channel = offered.method().expect(on, offer.getFrom(), terms.id())) {
      on.reply(StreamOffer.accepting(offer, offered.method().namespace(), offset));
      long total = offset;
      try (InputStream in = channel.open();
          OutputStream out = checked(offer, sink.from(offset), offset)) {
        total += in.transferTo(out);
      }
      if (total < terms.size().orElse(total)) {
        throw new IOException(
            "the channel ended after " + total + " of " + terms.size().getAsLong() + " bytes");
      }
      if (isChecked(terms) && !hashes.isWhole(key(offer), terms.md5())) {
        sink.from(0).close();
        throw new TransferException(
            Reason.MISMATCH, "what has come has another MD5 than the offer said");
      }
      return sink.complete();
    }
  }

  void send(OutgoingFile file, FileSource source, StreamMethod method)
      throws IOException, InterruptedException {
    XmppLink on = connected();
    Jid to =
        taker(file.to(), method)
            .orElseThrow(
                () -> new TransferException(Reason.UNREACHABLE, "nobody takes files there now"));
    Set<String> wanted = Set.of(method.namespace());
    StreamOffer offer =
        StreamOffer.of(
            new StreamOffer.Terms(
                file.id(),
                file.mediaType(),
                file.name(),
                OptionalLong.of(file.size()),
                takers.isOwlery(to) ? file.sha256() : "",
                hashes.ofSent(file.id(), () -> source.from(0)),
                true,
                0,
                wanted));
    offer.setType(IQ.Type.set);
    offer.setTo(to);
    long offset = offset(ask(on, offer), wanted, file.size());
    try (InputStream bytes = source.from(offset)) {
      method.send(on, to, file.id(), bytes);
    }
    if (takers.isOwlery(to)) {
      String there =
          receipts
              .askSent(on, to, file.id())
              .orElseThrow(() -> new IOException("not all of it has arrived"));
      if (!there.equals(file.sha256())) {
        throw new TransferException(Reason.MISMATCH, "what has arrived is not what was sent");
      }
    }
  }

  private static StreamOffer ask(XmppLink on, StreamOffer offer)
      throws IOException, InterruptedException {
    try {
      if (PeerTimeouts.ask(on, offer, DECISION) instanceof StreamOffer answer) {
        return answer;
      }
      throw new IOException("the answer to the offer makes no sense");
    } catch (XmppLink.StanzaErrorException refused) {
      throw new TransferException(reason(refused), String.valueOf(refused.getMessage()));
    }
  }

  private static Reason reason(XmppLink.StanzaErrorException refused) {
    if (refused.is(Condition.resource_constraint)) {
      return Reason.NO_ROOM;
    }
    return refused.is(Condition.forbidden)
            || refused.is(Condition.not_acceptable)
            || refused.is(Condition.not_allowed)
        ? Reason.REFUSED
        : Reason.UNREACHABLE;
  }

  private static long offset(StreamOffer answer, Set<String> wanted, long size)
      throws TransferException {
    if (answer.chosenFrom(wanted).isEmpty()) {
      throw new TransferException(Reason.UNREACHABLE, "the other side chose no method");
    }
    long offset = answer.terms().offset();
    if (offset > size) {
      throw new TransferException(Reason.MISMATCH, "the other side has more than there is");
    }
    return offset;
  }

  /** Whether a file is there as a whole, if somebody can say. */
  boolean arrived(OutgoingFile file, StreamMethod method) throws IOException, InterruptedException {
    Optional<Jid> to = taker(file.to(), method);
    return to.isPresent()
        && takers.isOwlery(to.get())
        && receipts.ask(connected(), to.get(), file.id()).equals(Optional.of(file.sha256()));
  }

  /**
   * Why a file cannot go to somebody in one way.
   *
   * @param to whom
   * @param method how the bytes are to go
   * @return one line for a person; empty if it may go, or if such offers are not for rooms
   * @throws IOException if the account is not connected
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<String> obstacle(Conversation to, StreamMethod method)
      throws IOException, InterruptedException {
    if (!to.isDirect()) {
      return Optional.empty();
    }
    Optional<String> here = method.obstacle(connected());
    return here.isPresent() || taker(to, method).isPresent()
        ? here
        : Optional.of(
            to.room() + " has no client online that takes files and shows itself to this account");
  }

  /**
   * Somebody's client that takes files.
   *
   * @param to whose
   * @param method how the bytes are to go
   * @return its full address; empty if there is none
   * @throws IOException if the account is not connected
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<Jid> taker(Conversation to, StreamMethod method)
      throws IOException, InterruptedException {
    return takers.find(connected(), to, Set.of(StreamOffer.PROFILE, method.namespace()));
  }

  private XmppLink connected() throws IOException {
    return link.filter(on -> on.connection().isAuthenticated())
        .orElseThrow(() -> new IOException("not connected"));
  }
}
