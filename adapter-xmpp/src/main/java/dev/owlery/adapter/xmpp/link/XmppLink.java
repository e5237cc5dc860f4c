package dev.owlery.adapter.xmpp.link;

import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.event.ChatEvent;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;

/** One connection, as an {@link XmppExtension} sees it. Any thread, unless said otherwise. */
public interface XmppLink {

  /** Smack's side of it. Messages do not go through this but through actions. */
  XMPPConnection connection();

  /** The core's side. */
  AdapterContext context();

  /** Who is who. */
  XmppIdentity identity();

  /** The account's settings. */
  XmppSettings settings();

  /** What the server offers; known when the account is online. */
  ServerFeatures features();

  /**
   * Publishes an event. For the reading thread alone, that is within {@link
   * XmppExtension#received}.
   *
   * @param event what happened
   */
  void publish(ChatEvent event);

  /**
   * Sends a request without waiting.
   *
   * @param request a get or a set
   * @return the result; fails with the error, or when there is no answer within ten seconds
   */
  CompletableFuture<IQ> request(IQ request);

  /**
   * Sends the answer to somebody's request, without waiting.
   *
   * @param answer a result or an error
   */
  void reply(IQ answer);

  /**
   * Sends a request and waits for its answer, or for the connection's end. Not for the reading
   * thread.
   *
   * @param request a get or a set
   * @return the result
   * @throws StanzaErrorException if the answer is an error
   * @throws IOException if there is none
   * @throws InterruptedException if the account is closed
   */
  IQ ask(IQ request) throws IOException, InterruptedException;

  /**
   * Waits for something, at most ten seconds and not beyond the connection's end. Not for the
   * reading thread.
   *
   * @param something what to wait for
   * @return its result
   * @throws IOException if it failed or did not come; {@link StanzaErrorException} if it is an
   *     error's answer
   * @throws InterruptedException if the account is closed
   */
  <T> T await(CompletableFuture<T> something) throws IOException, InterruptedException;

  /**
   * Completes, with the reason, when nobody can answer any more what was asked: the stream has
   * ended and is not resumed.
   */
  CompletableFuture<String> lost();

  /** A request was answered with an error. */
  final class StanzaErrorException extends IOException {
    private static final long serialVersionUID = 1L;

    StanzaErrorException(Throwable error) {
      super(XmppErrorText.trouble(error), error);
    }

    /** Whether it is an error of one kind. */
    public boolean is(StanzaError.Condition condition) {
      return getCause() instanceof XMPPErrorException error
          && error.getStanzaError().getCondition() == condition;
    }
  }
}
