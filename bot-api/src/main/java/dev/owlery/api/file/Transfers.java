package dev.owlery.api.file;

import dev.owlery.api.event.FileOffered;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files to and from others. A transfer that was asked for survives a restart of the bot and goes on
 * where it was; its end is told as a {@link dev.owlery.api.event.TransferEnded}, once. Every method
 * may be called from any thread.
 *
 * <p>Transfers to one conversation begin in the order in which they were asked for; a few run at
 * the same time.
 */
public interface Transfers {

  /**
   * Sends a file: copies its bytes into the bot's spool, blocking for as long as that takes, and
   * then sends the copy. Within a handler, and within {@link dev.owlery.api.plugin.Bot#asOne}, the
   * sending begins when the unit is committed, and not at all if it fails.
   *
   * @param request what, and to whom
   * @param bytes the file, opened by the caller, who knows that it may be sent; read to its end
   * @return the transfer's id
   * @throws TransferException with {@link TransferException.Reason#NO_ROOM} if the spool is full
   * @throws IOException if the bytes cannot be read or copied
   * @throws IllegalArgumentException if the bot has no such account
   */
  String send(SendRequest request, ReadableByteChannel bytes) throws IOException;

  /**
   * Takes an offered file. Its bytes go into a hidden {@code .part} file in the directory; when
   * they are whole and checked, it gets a safe form of its name, with a number if that is taken.
   * What an earlier attempt at the same file left is used again.
   *
   * @param offer the offer, from its event
   * @param directory where to; must exist. Never outside of it
   * @param limit the most bytes that are taken
   * @return the transfer's id; that of the transfer that runs already if the offer was taken before
   * @throws TransferException if the file is too large or there is no room for it: the other side
   *     has been told
   */
  String accept(FileOffered offer, Path directory, long limit) throws TransferException;

  /**
   * Refuses an offered file. What nobody has taken after twenty seconds is refused by itself, so
   * that the other side does not wait in vain.
   *
   * @param offer the offer, from its event
   * @param reason one line for the other side
   */
  void refuse(FileOffered offer, String reason);

  /**
   * Looks for a transfer.
   *
   * @param id its id
   * @return it as it is now; empty if there is none, or it ended long ago
   */
  Optional<Transfer> find(String id);

  /**
   * The transfers that are not over, and the latest hundred that are.
   *
   * @return the oldest first
   */
  List<Transfer> list();

  /**
   * Calls a transfer off.
   *
   * @param id its id
   * @param reason one line, for its detail
   * @return false if there is none, or it is over
   */
  boolean cancel(String id, String reason);

  /**
   * Adds a transport that works for conversations of any account, behind those of the adapters. A
   * plugin's ends with it.
   *
   * @param transport the transport; its name must not be taken
   * @return ends it
   * @throws IllegalArgumentException if the name is taken
   */
  RegisteredTransport register(FileTransport transport);

  /** A transport that was added. */
  interface RegisteredTransport extends AutoCloseable {

    /** Ends it: what it carries waits for another. */
    @Override
    void close();
  }
}
