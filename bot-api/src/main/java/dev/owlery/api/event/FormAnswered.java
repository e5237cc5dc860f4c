package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import java.util.Map;

/**
 * Somebody filled in the form of an {@link dev.owlery.api.action.Ask}, or dismissed it. The core
 * looks whether they may answer, and checks the values against the form.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation of the question
 * @param who who answered
 * @param question the token of the question
 * @param values what they filled in, by field name; fields that they left empty may be missing
 * @param cancelled whether they dismissed it
 */
public record FormAnswered(
    Origin origin,
    Conversation where,
    Member who,
    String question,
    Map<String, String> values,
    boolean cancelled)
    implements ChatEvent {

  /** Copies the map, so that the event stays as it is. */
  public FormAnswered {
    values = Map.copyOf(values);
  }
}
