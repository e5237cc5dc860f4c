package dev.owlery.adapter.xmpp.adhoc;

import dev.owlery.adapter.xmpp.text.Stanzas;
import dev.owlery.api.command.Form;
import java.util.List;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smack.util.StringUtils;
import org.jivesoftware.smackx.commands.AdHocCommandNote;
import org.jivesoftware.smackx.commands.SpecificErrorCondition;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData.AllowedAction;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData.Status;
import org.jivesoftware.smackx.commands.packet.AdHocCommandDataBuilder;

/** Writes the answers to requests of ad-hoc commands (XEP-0050). Pure. */
final class AdHocReplies {

  private AdHocReplies() {}

  /** A form to be filled in, with what was said before it. */
  static IQ asking(AdHocCommandData request, AdHocSession session, Form form) {
    AdHocCommandDataBuilder reply = start(request, session, Status.executing);
    notes(reply, session.takeLines());
    return reply
        .addAction(AllowedAction.next)
        .addAction(AllowedAction.complete)
        .setExecuteAction(AllowedAction.complete)
        .setForm(AdHocForms.toFillIn(form))
        .build();
  }

  /** Nothing yet: the client may ask again. */
  static IQ working(AdHocCommandData request, AdHocSession session) {
    AdHocCommandDataBuilder reply = start(request, session, Status.executing);
    notes(reply, session.takeLines());
    return reply.addAction(AllowedAction.next).setExecuteAction(AllowedAction.next).build();
  }

  /** All that the command said: a line as a note, more as a form of results. */
  static IQ completed(AdHocCommandData request, AdHocSession session) {
    AdHocCommandDataBuilder reply = start(request, session, Status.completed);
    List<String> lines = session.takeLines();
    if (lines.size() > 1) {
      reply.setForm(AdHocForms.result(lines));
    } else {
      notes(reply, lines);
    }
    return reply.build();
  }

  static IQ cancelled(AdHocCommandData request, AdHocSession session) {
    return start(request, session, Status.canceled).build();
  }

  private static AdHocCommandDataBuilder start(
      AdHocCommandData request, AdHocSession session, Status status) {
    return AdHocCommandDataBuilder.buildResponseFor(request)
        .setSessionId(session.id())
        .setStatus(status);
  }

  /** Smack writes a note's text as it is, so it is made XML here. */
  private static void notes(AdHocCommandDataBuilder reply, List<String> lines) {
    for (String line : lines) {
      String text = StringUtils.escapeForXml(line).toString();
      reply.addNote(new AdHocCommandNote(AdHocCommandNote.Type.info, text));
    }
  }

  static IQ error(IQ request, Condition condition) {
    return IQ.createErrorResponse(request, StanzaError.getBuilder(condition).build());
  }

  static IQ forbidden(IQ request, String reason) {
    return IQ.createErrorResponse(request, Stanzas.error(Condition.forbidden, reason));
  }

  /** The conditions of section 4.4 of the specification. */
  static IQ error(IQ request, SpecificErrorCondition specific) {
    Condition condition =
        specific == SpecificErrorCondition.sessionExpired
            ? Condition.not_allowed
            : Condition.bad_request;
    return IQ.createErrorResponse(
        request,
        StanzaError.getBuilder(condition)
            .addExtension(
                new StandardExtensionElement(specific.toString(), AdHocCommandData.NAMESPACE))
            .build());
  }
}
