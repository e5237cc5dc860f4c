package dev.owlery.api.file;

import dev.owlery.api.chat.Conversation;
import java.io.IOException;

/**
 * One way to carry files over one network, such as SOCKS5 bytestreams, DCC or an upload. It opens
 * the channel and speaks the protocol; the core has the bytes, counts and limits them, remembers
 * how far they are, checks them, tries again, and does so over restarts.
 *
 * <p>Adapters name theirs in {@link dev.owlery.api.adapter.Adapter#transports}, plugins give theirs
 * to {@link Transfers#register}. Every method may be called from any thread and several times at
 * once, {@link #send} and {@link #receive} each on a virtual thread of its own, which is
 * interrupted when the transfer is cancelled or the bot stops.
 */
public interface FileTransport {

  /**
   * Its name in the configuration and in what people read.
   *
   * @return lower-case letters, digits and {@code -}; unique within the account
   */
  String name();

  /**
   * Whether it could carry a file to somebody now. May ask the network, with a deadline of ten
   * seconds; never sends anything that a person sees.
   *
   * @param to to whom
   * @return false if the next best transport is to be tried
   * @throws TransferException with {@link TransferException.Reason#UNREACHABLE}: the same as false,
   *     and people are shown why, and what would help
   * @throws IOException if the network does not answer: the core tries again later
   * @throws InterruptedException if the transfer was cancelled
   */
  boolean canReach(Conversation to) throws IOException, InterruptedException;

  /**
   * Whether sending waits for a person to do something, such as to open a link: then it does not
   * count as one of the few transfers that run at the same time.
   *
   * @return true if it may take hours
   */
  default boolean needsUser() {
    return false;
  }

  /**
   * Sends a file and waits until the other side has all of it. Of the bytes it takes what the other
   * side does not have yet.
   *
   * @param file what, and to whom
   * @param source its bytes
   * @throws TransferException with the reason, if the core is to do something else than try again
   * @throws IOException if the connection broke: the core tries again, with pauses that grow. If
   *     nothing of the source was read, the next best transport is tried before that
   * @throws InterruptedException if the transfer was cancelled, or the bot stops
   */
  void send(OutgoingFile file, FileSource source) throws IOException, InterruptedException;

  /**
   * Finds out whether a file that may have been sent as a whole, by an attempt that broke off or by
   * an earlier process, has arrived. Asked before each further attempt.
   *
   * @param file a file that was sent before
   * @return true if it is certainly there: it counts as sent
   * @throws IOException if the network does not answer: the core tries again later
   * @throws InterruptedException if the transfer was cancelled
   */
  default boolean wasDelivered(OutgoingFile file) throws IOException, InterruptedException {
    return false;
  }

  /**
   * Takes an offer that was published as {@link dev.owlery.api.event.FileOffered}, fetches the
   * bytes, and waits until {@link FileSink#complete} has said what became of them; only then it
   * confirms the file to the other side.
   *
   * @param file what was offered
   * @param sink where the bytes go
   * @throws TransferException with the reason, if it is of no use to try again
   * @throws IOException if the connection broke; what is in the sink is kept for a later attempt
   * @throws InterruptedException if the transfer was cancelled, or the bot stops
   */
  default void receive(IncomingFile file, FileSink sink) throws IOException, InterruptedException {
    throw new TransferException(
        TransferException.Reason.UNREACHABLE, name() + " does not bring files");
  }

  /**
   * Whether an offer stays good when the connection breaks, so that {@link #receive} may be called
   * again, by a later process too. If not, the other side has to offer the file again, and is told
   * by {@link FileSink#offset} where to go on.
   *
   * @return true for links
   */
  default boolean offersSurviveReconnect() {
    return false;
  }

  /**
   * Whether two offers are of one and the same sending, so that the later one only asks for what is
   * missing: nothing, if the file is here and the sender has not heard of that.
   *
   * @param earlier {@link dev.owlery.api.event.FileOffered#offer} of an offer that was taken
   * @param later the same of one that came afterwards, of the same file by the same sender
   * @return false if the sender means to send the file a second time
   */
  default boolean isRetryOf(String earlier, String later) {
    return earlier.equals(later);
  }

  /**
   * Refuses an offer. Returns at once.
   *
   * @param file what was offered
   * @param reason {@link TransferException.Reason#NO_ROOM} if it may be offered again later, else
   *     {@link TransferException.Reason#REFUSED}
   * @param text one line for a person on the other side
   */
  default void refuse(IncomingFile file, TransferException.Reason reason, String text) {}
}
