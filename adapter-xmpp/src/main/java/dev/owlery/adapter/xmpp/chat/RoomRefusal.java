package dev.owlery.adapter.xmpp.chat;

import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.adapter.xmpp.text.XmppErrorText;
import java.net.URI;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.muc.packet.Destroy;
import org.jspecify.annotations.Nullable;

/**
 * Why a room does not have us (XEP-0045 sections 7.2, 10.9), in words for a person and with the
 * next step.
 *
 * @param reason one line
 * @param isFinal whether going back is of no use, or would make a room that was destroyed anew
 */
record RoomRefusal(String reason, boolean isFinal) {

  /**
   * What an error in answer to our coming means.
   *
   * @param error the room's
   * @param own our address, for those who can let it in
   * @param gavePassword whether we came with a password
   * @param nick what we want to be called there
   */
  static RoomRefusal of(
      @Nullable StanzaError error, String own, boolean gavePassword, String nick) {
    if (error == null) {
      return new RoomRefusal("the room refuses us and does not say why", false);
    }
    String said = XmppErrorText.error(error);
    return switch (error.getCondition()) {
      case not_authorized ->
          again(
              gavePassword
                  ? "the room does not take the password that stands behind its address in `rooms`"
                  : "the room asks for a password: write it behind the address, rooms ="
                      + " [ \"ROOM PASSWORD\" ]",
              said);
      case registration_required ->
          again("members only: one of the room's owners must make " + own + " a member", said);
      case forbidden ->
          again("banned: one of the room's owners or admins must lift that for " + own, said);
      case conflict ->
          again(
              "the nick " + nick + " is taken or reserved for somebody: choose another `nick`",
              said);
      case service_unavailable -> again("the room is full, or its service does not work", said);
      case item_not_found ->
          again("there is no such room, or its owner has not opened it yet", said);
      case not_allowed ->
          again("there is no such room, and the service does not let us make one", said);
      case not_acceptable ->
          again(
              "the room wants the nick that is registered there for " + own + ": set it as `nick`",
              said);
      case remote_server_not_found, remote_server_timeout ->
          again("the room's server cannot be reached: check how the address is written", said);
      case resource_constraint, internal_server_error ->
          again("the room's service has trouble", said);
      case gone, redirect -> moved(error, said);
      default -> again("the room refuses us", said);
    };
  }

  private static RoomRefusal again(String words, String said) {
    return new RoomRefusal(words + " (" + said + ")", false);
  }

  /** Where it is now stands in the condition, as an address of the web or a plain one. */
  private static RoomRefusal moved(StanzaError error, String said) {
    String to = XmppErrorText.line(Stanzas.orEmpty(error.getConditionText()));
    String venue = to.startsWith("xmpp:") ? pathOf(to) : to;
    return new RoomRefusal("the room is gone" + newVenue(venue) + " (" + said + ")", true);
  }

  private static String pathOf(String uri) {
    try {
      String path = URI.create(uri).getSchemeSpecificPart();
      int query = path.indexOf('?');
      return query < 0 ? path : path.substring(0, query);
    } catch (IllegalArgumentException none) {
      return uri;
    }
  }

  private static String newVenue(String venue) {
    return venue.isEmpty()
        ? ""
        : "; it is now " + venue + ": join that, and put it into `rooms`, if you trust it";
  }

  /**
   * A room was destroyed while we were in it.
   *
   * @param destroy what the room says of it
   */
  static RoomRefusal destroyed(Destroy destroy) {
    String reason = XmppErrorText.line(Stanzas.orEmpty(destroy.getReason()));
    String venue = Optional.ofNullable(destroy.getJid()).map(Object::toString).orElse("");
    return new RoomRefusal(
        "the room was destroyed" + (reason.isEmpty() ? "" : ": " + reason) + newVenue(venue), true);
  }

  /**
   * A room lets in only who proves to be no program (XEP-0158).
   *
   * @param text what it says of it, with the address of its picture
   * @param own our address
   */
  static RoomRefusal captcha(String text, String own) {
    String said = XmppErrorText.line(text);
    return new RoomRefusal(
        "the room wants a captcha solved, which a program cannot: let an owner make "
            + own
            + " a member, or solve it"
            + (said.isEmpty() ? "" : " (" + said + ")"),
        false);
  }
}
