package dev.owlery.adapter.irc;

import dev.owlery.api.action.Receipt;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.file.TransferException;
import dev.owlery.api.file.TransferException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the server and the other side of a file say. */
final class DccWait {

  /** How long an answer may take that no person gives. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  private DccWait() {}

  static <T> T await(CompletableFuture<T> future, Duration patience, String trouble)
      throws IOException, InterruptedException {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      throw new TransferException(Reason.UNREACHABLE, trouble);
    }
  }

  /** There is no such nick, or nobody knows whether the offer arrived. */
  static void told(CompletionStage<Outcome> said) throws IOException, InterruptedException {
    Outcome outcome = await(said.toCompletableFuture(), ANSWER, "the server does not answer");
    boolean refused =
        outcome instanceof Outcome.Settled settled
            && !(settled.receipt() instanceof Receipt.Delivered);
    if (refused) {
      throw new TransferException(Reason.UNREACHABLE, "they are not there");
    }
    if (outcome instanceof Outcome.NotSent) {
      throw new IOException("not connected");
    }
  }

  /** A virtual thread that is interrupted finds its socket closed. */
  static void checkInterrupted(IOException trouble) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    throw trouble;
  }
}
