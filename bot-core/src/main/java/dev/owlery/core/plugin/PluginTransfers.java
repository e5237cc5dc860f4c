package dev.owlery.core.plugin;

import dev.owlery.api.event.FileOffered;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.SendRequest;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.Transfers;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Transfers for one life of a plugin: the transports that it adds end with it. May be used from any
 * thread.
 */
final class PluginTransfers implements Transfers, AutoCloseable {

  private final Transfers transfers;
  private final Set<RegisteredTransport> carriers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  PluginTransfers(Transfers transfers) {
    this.transfers = transfers;
  }

  @Override
  public String send(SendRequest request, ReadableByteChannel bytes) throws IOException {
    return transfers.send(request, bytes);
  }

  @Override
  public String accept(FileOffered offer, Path directory, long limit) throws TransferException {
    return transfers.accept(offer, directory, limit);
  }

  @Override
  public void refuse(FileOffered offer, String reason) {
    transfers.refuse(offer, reason);
  }

  @Override
  public Optional<Transfer> find(String id) {
    return transfers.find(id);
  }

  @Override
  public List<Transfer> list() {
    return transfers.list();
  }

  @Override
  public boolean cancel(String id, String reason) {
    return transfers.cancel(id, reason);
  }

  @Override
  public RegisteredTransport register(FileTransport transport) {
    RegisteredTransport carrier = transfers.register(transport);
    carriers.add(carrier);
    if (closed) {
      carrier.close();
      throw new IllegalStateException("the plugin has ended");
    }
    return () -> {
      carriers.remove(carrier);
      carrier.close();
    };
  }

  @Override
  public void close() {
    closed = true;
    carriers.forEach(RegisteredTransport::close);
  }
}
