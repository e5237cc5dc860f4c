package dev.owlery.api.chat;

import dev.owlery.api.content.DisplayText;
import java.util.Optional;

/**
 * Somebody in a conversation, as the network shows them at the moment of an event.
 *
 * @param handle the network's address of this member (IRC: nick; XMPP: address or room nick; Slack:
 *     user id). May be taken by somebody else a moment later: never give rights to it
 * @param displayName what people call them, as {@link DisplayText#name} gives it; for showing only
 * @param identity who the network vouches for at this moment; empty means nobody in particular, and
 *     no rights
 * @param isBot whether the network says that it is a program
 * @param isSelf whether it is this bot's own account
 * @param source by what the network knows them however they call themselves (IRC: the host; XMPP: a
 *     room's occupant id); many may share one. For limits only: never give rights to it
 * @param continuity changes when the handle may have become somebody else's, so that an answer is
 *     known to come from whoever was asked; empty if the network's handles are nobody else's ever,
 *     or it does not tell. Never give rights to it
 */
public record Member(
    String handle,
    String displayName,
    Optional<Identity> identity,
    boolean isBot,
    boolean isSelf,
    Optional<String> source,
    Optional<String> continuity) {

  /** Takes out of the name what cannot be seen. */
  public Member {
    displayName = DisplayText.name(displayName);
  }

  /**
   * Somebody of whom the network shows no source.
   *
   * @param handle the network's address of this member
   * @param displayName what people call them
   * @param identity who the network vouches for
   * @param isBot whether the network says that it is a program
   * @param isSelf whether it is this bot's own account
   */
  public Member(
      String handle,
      String displayName,
      Optional<Identity> identity,
      boolean isBot,
      boolean isSelf) {
    this(handle, displayName, identity, isBot, isSelf, Optional.empty(), Optional.empty());
  }

  /**
   * The same member with a source.
   *
   * @param from the host or occupant id; empty for none
   * @return a copy
   */
  public Member from(String from) {
    return new Member(
        handle,
        displayName,
        identity,
        isBot,
        isSelf,
        from.isEmpty() ? Optional.empty() : Optional.of(from),
        continuity);
  }

  /**
   * The same member with a token of continuity.
   *
   * @param token changes when the handle may have become somebody else's
   * @return a copy
   */
  public Member continued(String token) {
    return new Member(handle, displayName, identity, isBot, isSelf, source, Optional.of(token));
  }

  /**
   * Whether this is surely who somebody was before: the same identity, or, where nobody is vouched
   * for, the same handle that has not changed hands as far as the network shows.
   *
   * @param earlier the same or another member, of an earlier event of the same account
   * @return false if it may be another person
   */
  public boolean continues(Member earlier) {
    if (identity.isPresent() || earlier.identity().isPresent()) {
      return identity.equals(earlier.identity());
    }
    return handle.equals(earlier.handle())
        && agree(continuity, earlier.continuity())
        && agree(source, earlier.source());
  }

  private static boolean agree(Optional<String> one, Optional<String> other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

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
