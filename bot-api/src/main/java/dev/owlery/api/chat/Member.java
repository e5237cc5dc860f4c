package dev.owlery.api.chat;

import java.util.Optional;

/**
 * Somebody in a conversation, as the network shows them at the moment of an event.
 *
 * @param handle the network's address of this member (IRC: nick; XMPP: address or room nick; Slack:
 *     user id). May be taken by somebody else a moment later: never give rights to it
 * @param displayName what people call them; for showing only
 * @param identity who the network vouches for at this moment; empty means nobody in particular, and
 *     no rights
 * @param isBot whether the network says that it is a program
 * @param isSelf whether it is this bot's own account
 */
public record Member(
    String handle, String displayName, Optional<Identity> identity, boolean isBot, boolean isSelf) {

  /**
   * A person whom nobody vouches for.
   *
   * @param handle the network's address, shown as the name too
   * @return the member
   */
  public static Member unverified(String handle) {
    return new Member(handle, handle, Optional.empty(), false, false);
  }

  /**
   * A person whom the network vouches for.
   *
   * @param handle the network's address, shown as the name too
   * @param identity who it is
   * @return the member
   */
  public static Member verified(String handle, Identity identity) {
    return new Member(handle, handle, Optional.of(identity), false, false);
  }

  /**
   * This bot's own account.
   *
   * @param handle the network's address, shown as the name too
   * @return the member
   */
  public static Member self(String handle) {
    return new Member(handle, handle, Optional.empty(), true, true);
  }
}
