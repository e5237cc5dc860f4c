package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.DisplayText;

/**
 * The room's subject (IRC: topic) changed.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param member who changed it
 * @param subject what it is now, as {@link DisplayText#line} gives it; may be empty
 */
public record SubjectChanged(Origin origin, Conversation where, Member member, String subject)
    implements ChatEvent {

  /** Takes out of the subject what cannot be seen. */
  public SubjectChanged {
    subject = DisplayText.line(subject);
  }
}
