package dev.owlery.api.event;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import java.util.Optional;

/**
 * Somebody said something. Also fires for other bots and for automatic answers (see {@link Tone}),
 * never for what this bot itself said.
 *
 * @param origin what makes it the same event when it is delivered again
 * @param where the conversation that it was said in
 * @param sender who said it, as the network shows them at that moment
 * @param content what was said
 * @param tone how it was said
 * @param id the network's id of the message, if it has one
 * @param replyTo the message that it answers, if the network says so
 */
public record MessagePosted(
    Origin origin,
    Conversation where,
    Member sender,
    Content content,
    Tone tone,
    Optional<MessageId> id,
    Optional<MessageId> replyTo)
    implements ChatEvent {

  /**
   * What was said, in plain characters.
   *
   * @return the content's plain form
   */
  public String text() {
    return content.plain();
  }
}
