package dev.owlery.core.file;

import dev.owlery.api.content.FileRef;
import dev.owlery.api.file.FileSink;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.IncomingFile;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.folder.SafeFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives a file into a folder.
 *
 * @param carriers all transports
 * @param disk looks after the room
 * @param notes writes down what an attempt begins with
 * @param whole writes down that the bytes are right, before the file gets its name
 */
record IncomingTransfer(
    TransportRegistry carriers,
    DiskSpace disk,
    OutgoingTransfer.Notes notes,
    DigestRecorder whole) {

  private static final Logger log = LoggerFactory.getLogger(IncomingTransfer.class);
  private static final int KEY_BYTES = 16;

  /** Writes a digest down; returns when that is durable. */
  @FunctionalInterface
  interface DigestRecorder {
    void verified(TransferRow row, String sha256);
  }

  AttemptResult run(TransferRow row, TransferAttempt attempt)
      throws IOException, InterruptedException {
    IncomingFile file = file(row);
    Optional<FileTransport> carrier =
        carriers.find(row.transfer().where().account(), row.transfer().transport());
    if (carrier.isEmpty()) {
      return new AttemptResult.Parked("there is no transport " + row.transfer().transport());
    }
    FileTransport transport = carrier.get();
    SafeFolder folder = SafeFolder.open(Path.of(row.folder()));
    notes.attempt(row, transport.name());
    try (PartSink sink =
        new PartSink(
            folder,
            key(file),
            file.file(),
            row.limit(),
            disk,
            attempt::moved,
            sha256 -> {
              attempt.seal();
              whole.verified(row, sha256);
            })) {
      return receive(file, transport, sink, attempt);
    }
  }

  private static AttemptResult receive(
      IncomingFile file, FileTransport transport, PartSink sink, TransferAttempt attempt)
      throws InterruptedException, IOException {
    try {
      transport.receive(file, sink);
      if (sink.kept().isEmpty()) {
        sink.complete();
      }
    } catch (InterruptedException e) {
      if (attempt.cancelled().isPresent()) {
        sink.discard();
      }
      throw e;
    } catch (IOException e) {
      if (attempt.cancelled().isPresent()) {
        sink.discard();
      }
      if (sink.kept().isEmpty()) {
        throw e;
      } // else the file is here, only the other side may not know
    }
    PartSink.StoredFile kept = sink.kept().orElseThrow();
    FileRef here =
        new FileRef(
            String.valueOf(kept.path().getFileName()),
            file.file().mediaType(),
            OptionalLong.of(kept.size()),
            Optional.of(kept.sha256()),
            Optional.of(kept.path().toUri()));
    return new AttemptResult.Completed(here, kept.size());
  }

  /** Tells the other side, if it hears, that a file is here already. */
  void confirm(TransferRow here, TransferRow offered) {
    Transfer transfer = here.transfer();
    try {
      Optional<FileTransport> carrier =
          carriers.find(transfer.where().account(), transfer.transport());
      if (carrier.isPresent()) {
        carrier.get().receive(file(offered), new Here(transfer.file()));
      }
    } catch (IOException e) {
      log.debug("the other side does not hear that it has sent a file: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a file that was to get its name when the process died has got it. */
  boolean isKept(TransferRow row) {
    return row.transfer().state() == State.RUNNING && !Files.exists(part(row));
  }

  /** Deletes what is here of a file that will not be whole. */
  void discard(TransferRow row) {
    try {
      Files.deleteIfExists(part(row));
    } catch (IOException e) {
      log.warn("the beginning of a file cannot be deleted: {}", e.toString());
    }
  }

  private static Path part(TransferRow row) {
    return Path.of(row.folder(), "." + key(file(row)) + ".part");
  }

  /** The same for the same file of the same sender. */
  static String key(IncomingFile file) {
    String text =
        String.join(
            "\n",
            file.where().address(),
            file.sender().handle(),
            file.file().name(),
            file.file().size().toString(),
            file.file().sha256().orElse(""));
    return HexFormat.of().formatHex(Sha256.of(text), 0, KEY_BYTES);
  }

  static IncomingFile file(TransferRow row) {
    return new IncomingFile(
        row.transfer().where(), row.sender().orElseThrow(), row.offer(), row.transfer().file());
  }

  /** A file that is here already. */
  private record Here(FileRef file) implements FileSink {

    @Override
    public long offset() {
      return file.size().orElse(0);
    }

    @Override
    public OutputStream from(long offset) {
      return OutputStream.nullOutputStream();
    }

    @Override
    public String complete() {
      return file.sha256().orElse("");
    }
  }
}
