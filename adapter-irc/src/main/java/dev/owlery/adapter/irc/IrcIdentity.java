package dev.owlery.adapter.irc;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import java.util.Optional;

/**
 * Says who somebody is. An identity is a services account that the server itself vouches for at
 * that moment: by the account tag of the very message or, on servers without that, by what {@code
 * extended-join} and {@code account-notify} have told of a member. A nick, a user name or a host
 * proves nothing.
 */
final class IrcIdentity {
  private final AccountId account;
  private final Capabilities capabilities;
  private final IrcRooms rooms;

  IrcIdentity(AccountId account, Capabilities capabilities, IrcRooms rooms) {
    this.account = account;
    this.capabilities = capabilities;
    this.rooms = rooms;
  }

  /**
   * The sender of a line.
   *
   * @param line the line
   * @return the member, with an identity only if the server gives one
   */
  Member sender(IrcLine line) {
    String nick = IrcMarkup.plain(line.sender().nick());
    boolean isBot =
        line.tags().containsKey("bot")
            || line.tags().containsKey("draft/bot")
            || line.tags().containsKey("inspircd.org/bot");
    return new Member(nick, nick, senderAccount(line, nick).map(this::identity), isBot, false);
  }

  private Optional<String> senderAccount(IrcLine line, String nick) {
    if (capabilities.has("account-tag")) {
      return line.tag("account");
    }
    if (capabilities.has("account-notify") && capabilities.has("extended-join")) {
      return rooms.find(nick).flatMap(IrcRooms.Person::account);
    }
    return Optional.empty();
  }

  /**
   * Somebody in one of our rooms.
   *
   * @param person as the server has shown them
   * @return the member
   */
  Member member(IrcRooms.Person person) {
    String nick = IrcMarkup.plain(person.prefix().nick());
    return new Member(nick, nick, person.account().map(this::identity), false, false);
  }

  private Identity identity(String servicesAccount) {
    return new Identity(account, "account:" + rooms.fold(IrcMarkup.plain(servicesAccount)));
  }

  /**
   * This bot.
   *
   * @param nick its nick now
   * @param servicesAccount its services account, if it is logged in
   * @return the member
   */
  Member self(String nick, Optional<String> servicesAccount) {
    return new Member(nick, nick, servicesAccount.map(this::identity), true, true);
  }
}
