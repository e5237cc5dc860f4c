package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.XmppFileSettings;
import dev.owlery.adapter.xmpp.link.XmppIdentity;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.text.Stanzas;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jxmpp.jid.Jid;

/**
 * Streams without an offer, as older programs send and take them. Nothing says how long the file
 * is, or whether all of it came, and at best a line of chat what it is called ({@link
 * LegacyFileNames}): so only with programs that the configuration names, and one file at a time to
 * each.
 */
final class BareTransport implements FileTransport, StreamMethod.UnofferedStreams {
  private static final int MOST_WAITING = 50;
  private static final int NAME_LENGTH = 13;

  private final XmppFileSettings settings;
  private final StreamMethod method;
  private final Optional<LegacyFileNames> talk;
  private final Map<String, WaitingStream> waiting = new LinkedHashMap<>();
  private final Map<Jid, ReentrantLock> turns = new ConcurrentHashMap<>();
  private volatile Optional<XmppLink> link = Optional.empty();

  private record WaitingStream(
      XmppLink link, IQ request, Optional<PendingFileNames.UnnamedStream> name) {}

  /**
   * Makes it.
   *
   * @param settings with whom
   * @param method how the bytes go
   * @param talk tells names; empty if nobody does
   */
  BareTransport(XmppFileSettings settings, StreamMethod method, Optional<LegacyFileNames> talk) {
    this.settings = settings;
    this.method = method;
    this.talk = talk;
    method.leaveStrangersTo(this);
  }

  void attach(XmppLink fresh) {
    synchronized (waiting) {
      waiting.values().forEach(gone -> gone.name().ifPresent(PendingFileNames.UnnamedStream::end));
      waiting.clear();
    }
    link = Optional.of(fresh);
  }

  @Override
  public String name() {
    return "bare-" + method.name();
  }

  private Optional<Jid> receiver(Conversation to) {
    return settings.receivers().stream()
        .map(XmppIdentity::address)
        .filter(each -> to.isDirect() && each.asBareJid().toString().equals(to.room()))
        .findFirst();
  }

  @Override
  public boolean canReach(Conversation to) {
    return receiver(to).isPresent();
  }

  @Override
  public void send(OutgoingFile file, FileSource source) throws IOException, InterruptedException {
    Jid to =
        receiver(file.to())
            .orElseThrow(() ->
                new TransferException(Reason.UNREACHABLE, "files.receivers does not name it"));
    XmppLink on = link.orElseThrow(() -> new IOException("not connected"));
    ReentrantLock turn = turns.computeIfAbsent(to, any -> new ReentrantLock(true));
    turn.lockInterruptibly();
    try {
      if (talk.isPresent()) {
        talk.get().checkRoom();
        talk.get().sendAndWait(to, () -> send(on, to, file, source));
      } else {
        send(on, to, file, source);
      }
    } finally {
      turn.unlock();
    }
  }

  private void send(XmppLink on, Jid to, OutgoingFile file, FileSource source)
      throws IOException, InterruptedException {
    // A new name each time: the other side knows nothing of attempts.
    String stream = file.id() + "-" + file.attempt();
    try (InputStream content = source.from(0);
        InputStream bytes = talk.isPresent() ? talk.get().telling(content, file, to) : content) {
      method.send(on, to, stream, bytes);
    } catch (XmppLink.StanzaErrorException refused) {
      throw new TransferException(Reason.UNREACHABLE, String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public boolean take(XmppLink from, IQ request, String stream) {
    Jid sender = request.getFrom();
    if (sender == null || !settings.bareFrom().contains(sender.asBareJid().toString())) {
      return false;
    }
    String id = sender + " " + request.getStanzaId();
    synchronized (waiting) {
      if (waiting.size() >= MOST_WAITING) {
        return false;
      }
      waiting.put(id, new WaitingStream(from, request, talk.map(lines -> lines.expect(sender))));
    }
    from.publish(
        new FileOffered(
            Origin.live("file " + id, from.context().clock().instant()),
            from.identity().chatWith(sender.asBareJid()),
            from.identity().direct(sender),
            name(),
            id,
            new FileRef(
                someName(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty())));
    return true;
  }

  /**
   * What a file is called of which nobody says it. Other for each, so that two do not mix, and
   * nothing that the other side could choose: patterns for names would believe it.
   */
  private static String someName() {
    return "file-" + UUID.randomUUID().toString().substring(0, NAME_LENGTH);
  }

  private Optional<WaitingStream> taken(IncomingFile file) {
    synchronized (waiting) {
      return Optional.ofNullable(waiting.remove(file.offer()));
    }
  }

  @Override
  public void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
    WaitingStream stream =
        taken(file).orElseThrow(() -> new IOException("the stream is gone with the connection"));
    try {
      receive(stream, sink);
    } catch (TransferException told) {
      throw told;
    } catch (IOException broken) {
      // Nobody offers it again, so there is nothing to wait for.
      throw new TransferException(Reason.REFUSED, "the stream broke off: " + broken.getMessage());
    } finally {
      stream.name().ifPresent(PendingFileNames.UnnamedStream::end);
    }
  }

  private void receive(WaitingStream stream, FileSink sink)
      throws IOException, InterruptedException {
    try (InputStream in = method.follow(stream.link(), stream.request());
        OutputStream out = sink.from(0)) {
      in.transferTo(out);
    }
    if (talk.isPresent() && stream.name().isPresent()) {
      talk.get().complete(sink, stream.name().get(), stream.request().getFrom());
    } else {
      String _ = sink.complete();
    }
  }

  @Override
  public void refuse(IncomingFile file, Reason reason, String text) {
    taken(file)
        .ifPresent(stream -> {
          stream.name().ifPresent(PendingFileNames.UnnamedStream::end);
          stream
              .link()
              .reply(
                  IQ.createErrorResponse(
                      stream.request(), Stanzas.error(Condition.not_acceptable, text)));
        });
  }
}
