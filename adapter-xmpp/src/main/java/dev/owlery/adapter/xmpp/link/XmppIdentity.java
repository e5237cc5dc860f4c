package dev.owlery.adapter.xmpp.link;

import dev.owlery.adapter.xmpp.text.XmppErrorText;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import java.util.Optional;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * Says who somebody is. An identity is the bare address that the server vouches for: the sender's
 * of a direct message, or the one that a room shows of its occupant. The nick in a room, and
 * whatever a message claims of itself, prove nothing.
 */
public final class XmppIdentity {
  private final AccountId account;
  private final EntityBareJid own;

  public XmppIdentity(AccountId account, EntityBareJid own) {
    this.account = account;
    this.own = own;
  }

  public static boolean isAccount(String written) {
    try {
      account(written);
      return true;
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  static boolean isResource(String written) {
    try {
      return !nick(written).isEmpty() && written.chars().noneMatch(Character::isISOControl);
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  /**
   * Reads an address with a local part and no resource.
   *
   * @param written {@code name@domain}
   * @return the address, normalised
   */
  public static EntityBareJid account(String written) {
    checkCharacters(written);
    try {
      return JidCreate.entityBareFrom(written);
    } catch (XmppStringprepException | IllegalArgumentException other) {
      throw new IllegalArgumentException(
          "not an XMPP address: \"" + XmppErrorText.line(written) + "\"");
    }
  }

  /**
   * Reads any address.
   *
   * @param written an address
   * @return the address, normalised
   */
  public static Jid address(String written) {
    checkCharacters(written);
    try {
      return JidCreate.from(written);
    } catch (XmppStringprepException | IllegalArgumentException other) {
      throw new IllegalArgumentException(
          "not an XMPP address: \"" + XmppErrorText.line(written) + "\"");
    }
  }

  /** Smack's normalisation is a light one: blanks and controls are for us to refuse. */
  private static void checkCharacters(String written) {
    int slash = written.indexOf('/');
    String bare = slash < 0 ? written : written.substring(0, slash);
    boolean isWrong =
        bare.isEmpty()
            || bare.codePoints()
                .anyMatch(c -> Character.isWhitespace(c) || "\"&'<>:".indexOf(c) >= 0)
            || written.codePoints().anyMatch(Character::isISOControl);
    if (isWrong) {
      throw new IllegalArgumentException(
          "not an XMPP address: \"" + XmppErrorText.line(written) + "\"");
    }
  }

  public static Resourcepart nick(String written) {
    try {
      return Resourcepart.from(written);
    } catch (XmppStringprepException | IllegalArgumentException other) {
      throw new IllegalArgumentException("not a nick: \"" + XmppErrorText.line(written) + "\"");
    }
  }

  public EntityBareJid own() {
    return own;
  }

  /**
   * Whether an address is one of ours.
   *
   * @param address of whoever
   * @return true for the account itself, with any resource
   */
  public boolean isOwn(Jid address) {
    return address.asBareJid().equals(own);
  }

  /**
   * Somebody who talks to us directly. An address without a local part is a server's or a
   * gateway's, and so a program's.
   *
   * @param address the sender's, as the server has set it
   * @return the member, with an identity
   */
  public Member direct(Jid address) {
    BareJid bare = address.asBareJid();
    Localpart local = bare.getLocalpartOrNull();
    String shown = local == null ? bare.toString() : local.toString();
    return new Member(
        bare.toString(), shown, Optional.of(identity(bare)), local == null, isOwn(bare));
  }

  /**
   * A room that says something itself, of its own accord.
   *
   * @param address the room's
   * @return the member, a program
   */
  public static Member room(Jid address) {
    String name = address.asBareJid().toString();
    return new Member(name, name, Optional.empty(), true, false);
  }

  /**
   * Somebody in a room.
   *
   * @param nick the nick there
   * @param real the address that the room shows; empty if it shows none or is not to be believed
   * @return the member, with an identity if there is an address
   */
  public Member occupant(String nick, Optional<BareJid> real) {
    return new Member(nick, nick, real.map(this::identity), false, false);
  }

  /**
   * This bot.
   *
   * @param nick what it is called where it is
   * @return the member
   */
  public Member self(String nick) {
    return new Member(nick, nick, Optional.of(identity(own)), true, true);
  }

  public Conversation chatWith(BareJid other) {
    return Conversation.direct(account, other.toString());
  }

  public Conversation room(BareJid room) {
    return Conversation.room(account, room.toString());
  }

  private Identity identity(BareJid bare) {
    return new Identity(account, bare.toString());
  }
}
