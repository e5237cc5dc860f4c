package dev.owlery.core.file;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.FileRef;
import dev.owlery.api.file.FileTransport;
import dev.owlery.api.file.OutgoingFile;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sends a file: by the best transport that reaches the other side.
 *
 * @param carriers all transports
 * @param spool where the bytes are
 * @param forced the configuration's only transport, if it names one
 * @param retries knows which transports have lost bytes
 * @param notes writes down what an attempt begins with
 */
record OutgoingTransfer(
    TransportRegistry carriers,
    Spool spool,
    Optional<String> forced,
    Retries retries,
    Notes notes) {

  private static final String UNKNOWN = "application/octet-stream";

  /** Writes down that a transport is about to be used; returns when that is durable. */
  @FunctionalInterface
  interface Notes {
    void attempt(TransferRow row, String transport) throws InterruptedException;
  }

  AttemptResult run(TransferRow row, TransferAttempt attempt)
      throws IOException, InterruptedException {
    Path copy = spool.path(row.id());
    if (!Files.isRegularFile(copy)) {
      return new AttemptResult.Failed("its copy in the spool is gone");
    }
    List<FileTransport> choices = choices(row);
    if (choices.isEmpty()) {
      return new AttemptResult.Failed(
          "there is no way to carry files to " + row.transfer().where().address());
    }
    FileRef ref = row.transfer().file();
    long size = ref.size().orElseThrow();
    OutgoingFile file = file(row);
    if (row.attempts() > 0 && arrived(row, file)) {
      return new AttemptResult.Completed(ref, size);
    }
    RejectionReasons obstacles = new RejectionReasons();
    for (FileTransport transport : choices) {
      try {
        if (transport.canReach(file.to())) {
          notes.attempt(row, transport.name());
          attempt.startsAt(0);
          transport.send(file, new SpooledSource(copy, size, attempt));
          return new AttemptResult.Completed(ref, size);
        }
      } catch (TransferException e) {
        if (e.reason() != Reason.UNREACHABLE) {
          throw e;
        }
        obstacles.add(transport.name(), e);
      } catch (IOException e) {
        if (!isWayAtFault(row, attempt)) {
          throw e;
        }
        obstacles.add(transport.name(), e);
      }
    }
    return new AttemptResult.Again(
        Duration.ZERO,
        obstacles
            .line()
            .orElseGet(() -> row.transfer().where().address() + " cannot be reached by any way"));
  }

  /** Whether another way may do better: this one has carried nothing, although we are online. */
  private boolean isWayAtFault(TransferRow row, TransferAttempt attempt) {
    return row.transfer().file().size().orElse(0) > 0
        && attempt.moved() == attempt.start()
        && !attempt.isHalted()
        && attempt.cancelled().isEmpty()
        && carriers.isOnline(row.transfer().where().account());
  }

  private List<FileTransport> choices(TransferRow row) {
    Optional<String> only = row.forced().isEmpty() ? forced : Optional.of(row.forced());
    return carriers.of(row.transfer().where().account()).stream()
        .filter(each -> only.isEmpty() || only.get().equals(each.name()))
        .sorted(Comparator.comparing(each -> retries.isLast(row.id(), each.name())))
        .toList();
  }

  private boolean arrived(TransferRow row, OutgoingFile file)
      throws IOException, InterruptedException {
    Conversation to = file.to();
    Optional<FileTransport> before = carriers.find(to.account(), row.transfer().transport());
    return before.isPresent() && before.get().wasDelivered(file);
  }

  private static OutgoingFile file(TransferRow row) {
    FileRef ref = row.transfer().file();
    return new OutgoingFile(
        row.id(),
        row.transfer().where(),
        ref.name(),
        ref.mediaType().orElse(UNKNOWN),
        ref.size().orElseThrow(),
        ref.sha256().orElseThrow(),
        row.transfer().madeAt(),
        Math.toIntExact(row.attempts() + 1));
  }
}
