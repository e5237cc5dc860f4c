package dev.owlery.adapter.irc;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.spi.BoundedMap;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
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

  /** So many nicks are remembered that were given up. */
  private static final int NICKS = 4_096;

  private final AccountId account;
  private final Map<String, Integer> givenUp =
      Collections.synchronizedMap(BoundedMap.leastRecentlyUsed(NICKS));
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
    String nick = IrcMarkup.name(line.sender().nick());
    boolean isBot =
        line.tags().containsKey("bot")
            || line.tags().containsKey("draft/bot")
            || line.tags().containsKey("inspircd.org/bot")
            || isService(line.sender());
    return new Member(nick, IrcMarkup.plain(nick), senderAccount(line, nick), isBot, false)
        .from(IrcMarkup.plain(line.sender().host()))
        .continued(continuity(line.sender()));
  }

  /** A nick was given up: whoever has it from now on may be somebody else. */
  void freed(String nick) {
    givenUp.merge(rooms.fold(nick), 1, Integer::sum);
  }

  private String continuity(IrcPrefix prefix) {
    int before = givenUp.getOrDefault(rooms.fold(prefix.nick()), 0);
    return before + " " + IrcMarkup.plain(prefix.user() + "@" + prefix.host());
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

  private Optional<Identity> senderAccount(IrcLine line, String nick) {
    if (capabilities.has("account-tag")) {
      return line.tag("account").flatMap(this::identity);
    }
    if (capabilities.has("account-notify") && capabilities.has("extended-join")) {
      return rooms.find(nick).flatMap(IrcRooms.RoomMember::account).flatMap(this::identity);
    }
    return Optional.empty();
  }

  /**
   * Somebody in one of our rooms.
   *
   * @param person as the server has shown them
   * @return the member
   */
  Member member(IrcRooms.RoomMember person) {
    String nick = IrcMarkup.name(person.prefix().nick());
    return new Member(
            nick, IrcMarkup.plain(nick), person.account().flatMap(this::identity), false, false)
        .from(IrcMarkup.plain(person.prefix().host()))
        .continued(continuity(person.prefix()));
  }

  /** A name that would have to be changed to be shown is nobody's: it may look like another. */
  private Optional<Identity> identity(String servicesAccount) {
    boolean isName =
        !servicesAccount.isEmpty()
            && !servicesAccount.equals("*")
            && !servicesAccount.equals("0")
            && servicesAccount.indexOf('\ufffd') < 0
            && servicesAccount.codePoints().noneMatch(IrcIdentity::isInvisible)
            && IrcMarkup.plain(servicesAccount).equals(servicesAccount);
    return isName
        ? Optional.of(new Identity(account, "account:" + rooms.fold(servicesAccount)))
        : Optional.empty();
  }

  private static boolean isInvisible(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || Character.isSpaceChar(point);
  }

  /**
   * This bot.
   *
   * @param nick its nick now
   * @param servicesAccount its services account, if it is logged in
   * @return the member
   */
  Member self(String nick, Optional<String> servicesAccount) {
    return new Member(nick, nick, servicesAccount.flatMap(this::identity), true, true);
  }
}
