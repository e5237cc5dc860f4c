package dev.owlery.adapter.xmpp.link;

import dev.owlery.adapter.xmpp.text.XmppErrorText;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smack.packet.IQ;

/** Asks, and waits for answers, with a deadline. Safe for use by several threads. */
public final class XmppRequests {
  private static final long ANSWER_MILLIS = 10_000;

  /** More than a request takes to fail by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final XMPPConnection connection;

  public XmppRequests(XMPPConnection connection) {
    this.connection = connection;
  }

  /**
   * Sends a request without waiting.
   *
   * @param request a get or a set
   * @return the result; fails with {@link XmppLink.StanzaErrorException}, or when there is no
   *     answer in time
   */
  public CompletableFuture<IQ> send(IQ request) {
    return send(connection, request, ANSWER_MILLIS);
  }

  /** The same, with another idea of how long an answer may take. */
  public static CompletableFuture<IQ> send(XMPPConnection connection, IQ request, long millis) {
    CompletableFuture<IQ> answer = new CompletableFuture<>();
    connection
        .sendIqRequestAsync(request, millis)
        .onSuccess(answer::complete)
        .onError(error ->
            answer.completeExceptionally(
                error instanceof XMPPErrorException
                    ? new XmppLink.StanzaErrorException(error)
                    : error));
    return answer;
  }

  /**
   * Waits for something, at most twelve seconds.
   *
   * @param something what to wait for
   * @param ended completes when it makes no sense to wait any longer, with the reason
   * @return its result
   * @throws IOException if it failed or did not come
   * @throws InterruptedException if the thread is interrupted
   */
  public static <T> T await(CompletableFuture<T> something, CompletableFuture<String> ended)
      throws IOException, InterruptedException {
    return await(something, ended, PATIENCE);
  }

  /** The same, with another idea of how long to wait. */
  public static <T> T await(
      CompletableFuture<T> something, CompletableFuture<String> ended, Duration patience)
      throws IOException, InterruptedException {
    try {
      Object _ =
          CompletableFuture.anyOf(something, ended).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (something.isDone()) {
        return something.get();
      }
      throw new IOException(ended.getNow("the connection ended"));
    } catch (ExecutionException failed) {
      throw trouble(failed);
    } catch (TimeoutException _) {
      throw new IOException("no answer within " + patience.toSeconds() + " s");
    }
  }

  /** What failed, as those who wait learn of it. */
  public static IOException trouble(ExecutionException failed) {
    return failed.getCause() instanceof IOException known
        ? known
        : new IOException(XmppErrorText.trouble(failed), failed);
  }
}
