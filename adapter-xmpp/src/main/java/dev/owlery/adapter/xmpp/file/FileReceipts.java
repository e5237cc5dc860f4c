package dev.owlery.adapter.xmpp.file;

import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.api.plugin.Store;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * Remembers which files have arrived, over restarts, and tells those who sent them. The newest
 * thousand. Any thread.
 */
final class FileReceipts {
  private static final String PREFIX = "file-received ";
  private static final int MOST = 1_000;
  private static final int DIGITS = 64;
  private static final int QUESTIONS = 6;
  private static final Duration ROUND = StreamMethod.PATIENCE.dividedBy(QUESTIONS);

  private final Store memory;
  private final Clock clock;

  /** Files that are coming in: who has sent all of one is answered when it is there. */
  private final Map<String, CompletableFuture<String>> coming = new ConcurrentHashMap<>();

  FileReceipts(Store memory, Clock clock) {
    this.memory = memory;
    this.clock = clock;
  }

  void attach(XmppLink link) {
    FileReceipt.ensureKnown();
    ServiceDiscoveryManager.getInstanceFor(link.connection()).addFeature(FileReceipt.NAMESPACE);
    link.connection()
        .registerIQRequestHandler(
            new AbstractIqRequestHandler(
                FileReceipt.ELEMENT,
                FileReceipt.NAMESPACE,
                IQ.Type.get,
                org.jivesoftware.smack.iqrequest.IQRequestHandler.Mode.async) {
              @Override
              public @Nullable IQ handleIQRequest(IQ request) {
                if (!(request instanceof FileReceipt question) || request.getFrom() == null) {
                  return IQ.createErrorResponse(request, Condition.bad_request);
                }
                String key = key(question.getFrom(), question.id());
                CompletableFuture<String> whole = coming.get(key);
                if (whole == null || !question.isSent()) {
                  return answer(question, received(key));
                }
                var _ =
                    whole.whenComplete((sha256, failure) ->
                        link.reply(answer(question, Optional.ofNullable(sha256))));
                return null;
              }
            });
  }

  private static IQ answer(FileReceipt question, Optional<String> sha256) {
    return sha256
        .<IQ>map(known -> FileReceipt.answering(question, known))
        .orElseGet(() -> IQ.createErrorResponse(question, Condition.item_not_found));
  }

  private static String key(Jid from, String id) {
    return PREFIX + from.asBareJid() + " " + id;
  }

  /** How a file comes in. */
  interface FileReceiver {
    /**
     * Receives it.
     *
     * @return the SHA-256 of what is there then
     * @throws IOException if it is not there
     * @throws InterruptedException if the thread is interrupted
     */
    String receive() throws IOException, InterruptedException;
  }

  /**
   * Receives a file, and remembers that.
   *
   * @param from who sends it
   * @param id how they call it
   * @param file does it
   * @throws IOException as {@link FileReceiver#receive}
   * @throws InterruptedException if the thread is interrupted
   */
  void receive(Jid from, String id, FileReceiver file) throws IOException, InterruptedException {
    String key = key(from, id);
    CompletableFuture<String> whole = new CompletableFuture<>();
    coming.put(key, whole);
    try {
      String sha256 = file.receive();
      note(key, sha256);
      whole.complete(sha256);
    } finally {
      coming.remove(key, whole);
      whole.cancel(false);
    }
  }

  private void note(String key, String sha256) {
    memory.put(key, sha256 + " " + clock.millis());
    Map<String, String> all = memory.entries(PREFIX);
    all.entrySet().stream()
        .sorted(Comparator.comparingLong(each -> time(each.getValue())))
        .limit(Math.max(0, all.size() - MOST))
        .forEach(each -> memory.remove(each.getKey()));
  }

  private static long time(String noted) {
    return Long.parseLong(noted.substring(DIGITS).strip());
  }

  private Optional<String> received(String key) {
    return memory.get(key).map(noted -> noted.substring(0, DIGITS));
  }

  /** The SHA-256 of a file that has arrived, if it is remembered. */
  Optional<String> received(Jid from, String id) {
    return received(key(from, id));
  }

  /**
   * Asks somebody whether a file is there that is not being sent at the moment.
   *
   * @param link the connection
   * @param of whom: another Owlery
   * @param id how it was called
   * @return the SHA-256 of what lies there; empty if nothing does
   * @throws IOException if there is no answer
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<String> ask(XmppLink link, Jid of, String id) throws IOException, InterruptedException {
    return ask(link, of, FileReceipt.asking(id, false), StreamMethod.PATIENCE);
  }

  /**
   * Asks somebody to whom all of a file was sent whether it is there. Asks again and again: who
   * dies with the question does not answer it in the next life.
   *
   * @param link the connection
   * @param of whom: another Owlery
   * @param id how it was called
   * @return the SHA-256 of what lies there; empty if nothing does
   * @throws IOException if there is no answer
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<String> askSent(XmppLink link, Jid of, String id)
      throws IOException, InterruptedException {
    IOException silence = new IOException("no answer");
    for (int i = 0; i < QUESTIONS && !link.lost().isDone(); i++) {
      try {
        return ask(link, of, FileReceipt.asking(id, true), ROUND);
      } catch (IOException unanswered) {
        silence = unanswered;
      }
    }
    throw silence;
  }

  private static Optional<String> ask(
      XmppLink link, Jid of, FileReceipt question, Duration patience)
      throws IOException, InterruptedException {
    question.setType(IQ.Type.get);
    question.setTo(of);
    try {
      return PeerTimeouts.ask(link, question, patience) instanceof FileReceipt answer
          ? Optional.of(answer.sha256())
          : Optional.empty();
    } catch (XmppLink.StanzaErrorException nothingThere) {
      return Optional.empty();
    }
  }
}
