package dev.owlery.adapter.xmpp.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jxmpp.jid.Jid;

/**
 * Streams whose names are told apart from them. A client tells them in the order in which it began
 * its streams, of those that fail too, so the first name is that of the oldest stream. What a
 * client has not told when it begins another stream is not told any more. Safe for use by several
 * threads.
 */
final class PendingFileNames {
  private static final int MOST = 200;

  /** The oldest first. */
  private final List<UnnamedStream> streams = new ArrayList<>();

  /** A stream that has no name yet. */
  final class UnnamedStream {
    private final Jid sender;
    private final CompletableFuture<String> name = new CompletableFuture<>();
    private boolean isOver;

    private UnnamedStream(Jid sender) {
      this.sender = sender;
    }

    /**
     * Waits for the name.
     *
     * @param patience how long
     * @return empty if it did not come
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<String> await(Duration patience) throws InterruptedException {
      try {
        return Optional.of(name.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException late) {
        return Optional.empty();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** Nobody waits any more. The name may still come, and is not to be taken for another's. */
    void end() {
      synchronized (streams) {
        isOver = true;
      }
    }
  }

  /**
   * A stream begins.
   *
   * @param sender the client that sends it, with its full address
   * @return waits for its name; to be ended
   */
  UnnamedStream begins(Jid sender) {
    UnnamedStream fresh = new UnnamedStream(sender);
    synchronized (streams) {
      streams.removeIf(each -> each.isOver && each.sender.equals(sender));
      if (streams.size() >= MOST) {
        streams.removeFirst();
      }
      streams.add(fresh);
    }
    return fresh;
  }

  /**
   * A client tells a name.
   *
   * @param sender the client, with its full address
   * @param name what it says
   * @return whether a stream waited for it
   */
  boolean told(Jid sender, String name) {
    synchronized (streams) {
      Optional<UnnamedStream> oldest =
          streams.stream().filter(each -> each.sender.equals(sender)).findFirst();
      oldest.ifPresent(streams::remove);
      return oldest.filter(each -> each.name.complete(name) && !each.isOver).isPresent();
    }
  }
}
