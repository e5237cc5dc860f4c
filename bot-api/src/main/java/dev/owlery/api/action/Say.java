package dev.owlery.api.action;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import java.util.Optional;

/**
 * Says something.
 *
 * @param where the conversation, perhaps a thread in it
 * @param content what to say
 * @param tone how to say it
 * @param replyTo the message that it answers, if any
 */
public record Say(Conversation where, Content content, Tone tone, Optional<MessageId> replyTo)
    implements Action {

  /**
   * Says something as people talk.
   *
   * @param where the conversation
   * @param content what to say
   */
  public Say(Conversation where, Content content) {
    this(where, content, Tone.NORMAL, Optional.empty());
  }
}
