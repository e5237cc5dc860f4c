package dev.owlery.adapter.irc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The batches that the server has opened (IRCv3 batch): which lines belong to the answer to a
 * labelled line, and which are a replayed history. For the thread that reads the connection.
 */
final class Batches {
  private static final Set<String> HISTORY =
      Set.of("chathistory", "draft/chathistory", "playback", "znc.in/playback", "history");

  /** A server that never closes its batches must not fill our memory. */
  private static final int MOST = 1_000;

  /**
   * A batch that was closed.
   *
   * @param type what sort it is
   * @param room its first parameter; empty if it has none
   * @param label the label of the line that it answers; empty if it answers none
   * @param outer the batch that it lies in; empty if none
   */
  record Batch(String type, String room, String label, String outer) {
    boolean isHistory() {
      return HISTORY.contains(type);
    }
  }

  private final Map<String, Batch> open = new HashMap<>();

  /**
   * Opens or closes a batch.
   *
   * @param line a BATCH line
   * @return the batch if this line closes it
   */
  Optional<Batch> changed(IrcLine line) {
    String reference = line.param(0);
    if (reference.startsWith("-")) {
      return Optional.ofNullable(open.remove(reference.substring(1)));
    }
    if (reference.startsWith("+") && open.size() < MOST) {
      open.put(
          reference.substring(1),
          new Batch(line.param(1), line.param(2), label(line), line.tag("batch").orElse("")));
    }
    return Optional.empty();
  }

  /**
   * The label that a line answers, by itself or by its batch.
   *
   * @param line the line
   * @return the label; empty if there is none
   */
  String label(IrcLine line) {
    String own = line.tag("label").orElse("");
    if (!own.isEmpty() || open.isEmpty()) {
      return own;
    }
    Batch batch = batch(line.tag("batch").orElse(""));
    return batch == null ? "" : batch.label();
  }

  /**
   * Whether a line is replayed.
   *
   * @param line the line
   * @return true inside a history batch
   */
  boolean isHistory(IrcLine line) {
    if (open.isEmpty()) {
      return false;
    }
    Batch batch = batch(line.tag("batch").orElse(""));
    for (int depth = 0; batch != null && depth < 4; depth++) {
      if (batch.isHistory()) {
        return true;
      }
      batch = batch(batch.outer());
    }
    return false;
  }

  private @Nullable Batch batch(String reference) {
    return reference.isEmpty() ? null : open.get(reference);
  }
}
