package dev.owlery.adapter.xmpp.link;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.event.Origin;
import java.util.Optional;
import org.jivesoftware.smack.packet.Message;

/**
 * A message and where it belongs.
 *
 * @param message the message
 * @param origin what makes it the same when it comes again
 * @param where the conversation
 * @param sender who said it
 * @param id what to call it; empty if it has no id
 * @param author by what its author is known again, whatever they are called; empty if by nothing
 */
public record InboundMessage(
    Message message,
    Origin origin,
    Conversation where,
    Member sender,
    Optional<MessageId> id,
    Optional<String> author) {

  public boolean isRoom() {
    return where.kind() == Conversation.Kind.ROOM;
  }
}
