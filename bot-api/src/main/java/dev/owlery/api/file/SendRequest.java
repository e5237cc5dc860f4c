package dev.owlery.api.file;

import dev.owlery.api.chat.Conversation;
import java.util.Optional;

/**
 * What to send, to whom.
 *
 * @param to to whom
 * @param name what to call it; made safe
 * @param author who asks for it, for notices; the bot's name if nobody
 * @param transport the only transport to use; empty for the best that both sides can do
 */
public record SendRequest(Conversation to, String name, String author, Optional<String> transport) {

  /**
   * By whatever way is best.
   *
   * @param to to whom
   * @param name what to call it
   * @param author who asks for it
   */
  public SendRequest(Conversation to, String name, String author) {
    this(to, name, author, Optional.empty());
  }
}
