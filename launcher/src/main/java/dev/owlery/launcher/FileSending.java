package dev.owlery.launcher;

import dev.owlery.api.content.FileRef;
import dev.owlery.api.file.SendRequest;
import dev.owlery.api.file.Transfer;
import dev.owlery.api.file.Transfer.State;
import dev.owlery.api.file.Transfers;
import dev.owlery.launcher.ExitCodes.StartFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Sends one file and shows how far it is. */
final class FileSending {

  private static final Duration LOOK = Duration.ofMillis(100);

  /** Longer than the pause before the second attempt: by then that has failed too. */
  private static final Duration WAITED = Duration.ofMillis(2_500);

  private static final String NEXT =
      "; see that the other side is online and takes files from this account"
          + " (docs/guides/files.md says what each server carries)";

  private static final int WIDTH = 79;
  private static final long MIB = 1 << 20;

  private final ConversationSession stay;
  private final PrintWriter err;
  private final boolean isTerminal;

  /**
   * Prepares.
   *
   * @param isTerminal whether somebody watches: without, nothing is drawn
   */
  FileSending(ConversationSession stay, PrintWriter err, boolean isTerminal) {
    this.stay = stay;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  /** Sends it and waits for its end. */
  void send(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new StartFailure(ExitCodes.WRONG, file + " is no file");
    }
    Transfers transfers = stay.engine().transfers();
    String id;
    try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
      String name = String.valueOf(file.getFileName());
      id = transfers.send(new SendRequest(stay.where(), name, "the command line"), bytes);
    } catch (NoSuchFileException gone) {
      throw new StartFailure(ExitCodes.WRONG, file + " is no file");
    }
    Transfer ended = isTerminal ? shown(transfers, id) : end(transfers, id, _ -> {});
    if (ended.state() != State.DONE) {
      throw new StartFailure(ExitCodes.FAILED, stay.where().address() + ": " + ended.detail());
    }
    err.println("sent by " + ended.transport());
  }

  private Transfer shown(Transfers transfers, String id) {
    FileRef file = transfers.find(id).orElseThrow().file();
    try (ProgressBar bar = bar(file.name(), file.size().orElse(0))) {
      Transfer ended = end(transfers, id, open -> show(bar, open));
      show(bar, ended);
      return ended;
    }
  }

  private static Transfer end(Transfers transfers, String id, Consumer<Transfer> each) {
    Transfer transfer = transfers.find(id).orElseThrow();
    Stall stall = new Stall();
    while (!transfer.state().isOver()) {
      each.accept(transfer);
      LockSupport.parkNanos(LOOK.toNanos());
      if (stall.hasLasted(transfer, LOOK)) {
        boolean _ = transfers.cancel(id, transfer.detail() + NEXT);
      }
      transfer = transfers.find(id).orElseThrow();
    }
    return transfer;
  }

  /** How long a transfer has waited for another attempt since it last got further than ever. */
  static final class Stall {
    private Duration waited = Duration.ZERO;
    private long most;

    /** Takes note of a moment more; returns whether it has waited for too long, and begins anew. */
    boolean hasLasted(Transfer transfer, Duration moment) {
      if (transfer.moved() > most) {
        most = transfer.moved();
        waited = Duration.ZERO;
      }
      if (transfer.state() == State.WAITING && !transfer.detail().isEmpty()) {
        waited = waited.plus(moment);
      }
      boolean hasLasted = waited.compareTo(WAITED) > 0;
      if (hasLasted) {
        waited = Duration.ZERO;
      }
      return hasLasted;
    }
  }

  /** Where it may ask the terminal nothing, it needs no second JLine; hence the width. */
  private ProgressBar bar(String name, long size) {
    boolean large = size >= MIB;
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(Math.max(1, size)) // nothing at all is all of it, too
        .setStyle(ProgressBarStyle.ASCII)
        .setUnit(large ? " MiB" : " B", large ? MIB : 1)
        .setUpdateIntervalMillis((int) LOOK.toMillis())
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
        .build();
  }

  private static void show(ProgressBar bar, Transfer transfer) {
    bar.stepTo(transfer.state() == State.DONE ? bar.getMax() : transfer.moved());
    bar.setExtraMessage(
        " " + (transfer.state() == State.WAITING ? transfer.detail() : transfer.transport()));
  }

  private void draw(String line) {
    err.print("\r\u001b[K" + line);
    err.flush();
  }
}
