package dev.owlery.adapter.irc;

import dev.owlery.api.adapter.Outcome;
import java.util.concurrent.CompletableFuture;

/**
 * A line that somebody waits for, from the queue until the server has confirmed it.
 *
 * <p>The fields that change are guarded by the {@link Confirmations} that it belongs to.
 */
final class SentLine {
  private final OutboundLine line;
  private final String target;
  private final String text;
  private final String label;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  /** The place in the order of the wire; 0 while it waits. */
  long order;

  /**
   * Makes a line to be sent.
   *
   * @param line what goes onto the wire, label included
   * @param target the room or nick, folded, by which refusals are recognised
   * @param text what is said, by which an echo without a label is recognised; else empty
   * @param label the label; empty if the server has no labels
   */
  SentLine(OutboundLine line, String target, String text, String label) {
    this.line = line;
    this.target = target;
    this.text = text;
    this.label = label;
  }

  OutboundLine line() {
    return line;
  }

  String target() {
    return target;
  }

  String text() {
    return text;
  }

  String label() {
    return label;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }
}
