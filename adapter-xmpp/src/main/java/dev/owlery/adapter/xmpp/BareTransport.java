package dev.owlery.adapter.xmpp;

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
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jxmpp.jid.Jid;

/**
 * Streams without an offer, as older programs send and take them. Nothing says what the file is
 * called, how long it is, or whether all of it came: so only with programs that the configuration
 * names.
 */
final class BareTransport implements FileTransport, StreamMethod.Strangers {
  private static final int MOST_WAITING = 50;

  private final FileSettings settings;
  private final StreamMethod method;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private volatile Optional<XmppLink> link = Optional.empty();

  private record Waiting(XmppLink link, IQ request) {}

  BareTransport(FileSettings settings, StreamMethod method) {
    this.settings = settings;
    this.method = method;
    method.leaveStrangersTo(this);
  }

  void attach(XmppLink fresh) {
    synchronized (waiting) {
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
  public boolean reaches(Conversation to) {
    return receiver(to).isPresent();
  }

  @Override
  public void send(OutgoingFile file, FileSource source) throws IOException, InterruptedException {
    Jid to =
        receiver(file.to())
            .orElseThrow(() ->
                new TransferException(Reason.UNREACHABLE, "files.receivers does not name it"));
    XmppLink on = link.orElseThrow(() -> new IOException("not connected"));
    // A new name each time: the other side knows nothing of attempts.
    String stream = file.id() + "-" + file.attempt();
    try (InputStream bytes = source.from(0)) {
      method.send(on, to, stream, bytes);
    } catch (XmppLink.Refused refused) {
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
      waiting.put(id, new Waiting(from, request));
    }
    from.publish(
        new FileOffered(
            Origin.live("file " + id, from.context().clock().instant()),
            from.identity().chatWith(sender.asBareJid()),
            from.identity().direct(sender),
            name(),
            id,
            new FileRef(
                "file-" + Shown.line(stream),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty())));
    return true;
  }

  private Optional<Waiting> taken(IncomingFile file) {
    synchronized (waiting) {
      return Optional.ofNullable(waiting.remove(file.offer()));
    }
  }

  @Override
  public void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
    Waiting stream =
        taken(file).orElseThrow(() -> new IOException("the stream is gone with the connection"));
    try (InputStream in = method.follow(stream.link(), stream.request());
        OutputStream out = sink.from(0)) {
      in.transferTo(out);
    }
    sink.complete();
  }

  @Override
  public void refuse(IncomingFile file, Reason reason, String text) {
    taken(file)
        .ifPresent(stream ->
            stream
                .link()
                .reply(
                    IQ.createErrorResponse(
                        stream.request(), Stanzas.error(Condition.not_acceptable, text))));
  }
}
