package dev.owlery.adapter.irc;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says who somebody is. An identity is a services account that the server itself vouches for at
 * that moment: by the account tag of the very message or, on servers without that, by what {@code
 * extended-join} and {@code account-notify} have told of a member. A nick, a user name or a host
 * proves nothing.
 */
final class IrcIdentity {
  /** What services are called; networks keep these nicks for them. */
  private static final Set<String> SERVICES =
      Set.of(
          "alis",
          "authserv",
          "botserv",
          "chanserv",
          "gameserv",
          "global",
          "groupserv",
          "helpserv",
          "hostserv",
          "infoserv",
          "memoserv",
          "nickserv",
          "operserv",
          "rootserv",
          "saslserv",
          "seenserv",
          "spamserv",
          "statserv");

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
            || line.tags().containsKey("inspircd.org/bot")
            || isService(line.sender());
    return new Member(nick, nick, senderAccount(line, nick).map(this::identity), isBot, false)
        .from(IrcMarkup.plain(line.sender().host()));
  }

  /**
   * Whether a program of the network's own speaks, or a bouncer's: services, servers, {@code
   * *status}. People cannot have such names.
   */
  private static boolean isService(IrcPrefix sender) {
    String nick = sender.nick();
    return nick.startsWith("*")
        || nick.indexOf('.') >= 0
        || SERVICES.contains(nick.toLowerCase(Locale.ROOT))
        || sender.host().startsWith("services.");
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
    return new Member(nick, nick, person.account().map(this::identity), false, false)
        .from(IrcMarkup.plain(person.prefix().host()));
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
