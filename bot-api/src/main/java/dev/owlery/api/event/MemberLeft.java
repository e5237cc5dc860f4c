package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;

/**
 * Somebody went out of a room, this bot included ({@link Member#isSelf}).
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it belongs to
 * @param member who went
 * @param how of their own will or not
 * @param reason what was said of it; may be empty
 */
public record MemberLeft(Origin origin, Conversation where, Member member, How how, String reason)
    implements ChatEvent {

  /** Why somebody is no longer in a room. */
  public enum How {
    /** Went out of the room. */
    LEFT,
    /** Went off the network. */
    QUIT,
    /** Was sent out. */
    KICKED
  }
}
