package dev.owlery.launcher;

import dev.owlery.api.file.SendRequest;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.file.Transfers;
import dev.owlery.launcher.Ending.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Sends one file and shows how far it is. */
final class FileSending {

  private static final long LOOK_NANOS = 100_000_000;
  private static final int WIDTH = 40;

  private final Stay stay;
  private final PrintWriter err;
  private final boolean isTerminal;

  /**
   * Prepares.
   *
   * @param isTerminal whether somebody watches: without, nothing is drawn
   */
  FileSending(Stay stay, PrintWriter err, boolean isTerminal) {
    this.stay = stay;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  /** Sends it and waits for its end. */
  void send(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new Failure(Ending.WRONG, file + " is no file");
    }
    Transfers transfers = stay.engine().transfers();
    String id;
    try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
      String name = String.valueOf(file.getFileName());
      id = transfers.send(new SendRequest(stay.where(), name, "the command line"), bytes);
    } catch (NoSuchFileException gone) {
      throw new Failure(Ending.WRONG, file + " is no file");
    }
    Transfer transfer = transfers.find(id).orElseThrow();
    while (!transfer.state().isOver()) {
      draw(transfer);
      LockSupport.parkNanos(LOOK_NANOS);
      transfer = transfers.find(id).orElseThrow();
    }
    draw(transfer);
    if (isTerminal) {
      err.println();
      err.flush();
    }
    if (transfer.state() != State.DONE) {
      throw new Failure(Ending.FAILED, stay.where() + ": " + transfer.detail());
    }
  }

  private void draw(Transfer transfer) {
    if (!isTerminal) {
      return;
    }
    long size = transfer.file().size().orElse(0);
    long moved = transfer.state() == State.DONE ? size : transfer.moved();
    int full = size == 0 ? WIDTH : (int) (moved * WIDTH / size);
    String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
    String detail = transfer.state() == State.WAITING ? transfer.detail() : transfer.transport();
    err.printf("\r\u001b[K[%s] %3d %% %s", bar, size == 0 ? 100 : moved * 100 / size, detail);
    err.flush();
  }
}
