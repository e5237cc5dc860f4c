package dev.owlery.adapter.xmpp.file;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileSource;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import java.io.IOException;
import java.util.Optional;

/** Files by offers (XEP-0096) whose bytes go by one method. */
final class StreamTransport implements FileTransport {
  private final FileOffers offers;
  private final StreamMethod method;

  StreamTransport(FileOffers offers, StreamMethod method) {
    this.offers = offers;
    this.method = method;
  }

  @Override
  public String name() {
    return method.name();
  }

  @Override
  public boolean canReach(Conversation to) throws IOException, InterruptedException {
    Optional<String> obstacle = offers.obstacle(to, method);
    if (obstacle.isPresent()) {
      throw new TransferException(Reason.UNREACHABLE, obstacle.get());
    }
    return to.isDirect();
  }

  @Override
  public void send(OutgoingFile file, FileSource source) throws IOException, InterruptedException {
    offers.send(file, source, method);
  }

  @Override
  public boolean wasDelivered(OutgoingFile file) throws IOException, InterruptedException {
    return offers.arrived(file, method);
  }

  @Override
  public void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
    offers.receive(file, sink);
  }

  @Override
  public boolean isRetryOf(String earlier, String later) {
    return FileOffers.isSameSending(earlier, later);
  }

  @Override
  public void refuse(IncomingFile file, TransferException.Reason reason, String text) {
    offers.refuse(file, reason, text);
  }
}
