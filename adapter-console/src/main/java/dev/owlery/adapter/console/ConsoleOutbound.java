package dev.owlery.adapter.console;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Ask;
import dev.owlery.api.action.Delete;
import dev.owlery.api.action.Edit;
import dev.owlery.api.action.EndCall;
import dev.owlery.api.action.Join;
import dev.owlery.api.action.Leave;
import dev.owlery.api.action.OpenDirect;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.React;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SendFile;
import dev.owlery.api.action.SetPresence;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import java.io.IOException;

/** What the bot does, shown on the screen. Safe for use by several threads. */
final class ConsoleOutbound {

  private final ConsoleIdentity identity;
  private final Screen screen;
  private final ConsoleInbound inbound;

  /** Rooms are gone into and out of by way of the inbound side, which tells the inbox. */
  ConsoleOutbound(ConsoleIdentity identity, Screen screen, ConsoleInbound inbound) {
    this.identity = identity;
    this.screen = screen;
    this.inbound = inbound;
  }

  /** Printed is delivered: there is nobody else to confirm it. */
  Outcome perform(Action action) {
    try {
      return switch (action) {
        case Say say -> show(say, say.content(), say.tone());
        case SetSubject subject ->
            show(subject, Content.of("sets the subject: " + subject.subject()), Tone.DEED);
        case Join room -> {
          inbound.join(room.where());
          yield Outcome.DELIVERED;
        }
        case Leave room ->
            inbound.leave(room.where(), room.reason())
                ? Outcome.DELIVERED
                : Outcome.refused("I am not in that room");
        case OpenDirect open ->
            open.members().size() == 1
                ? new Outcome.Settled(
                    Receipt.delivered(
                        new MessageId(identity.locate(open.members().getFirst()).address())))
                : unsupported("chat of several people");
        case Edit edit -> unsupported("way to change what was said");
        case Delete delete -> unsupported("way to take back what was said");
        case React react -> unsupported("reactions");
        case SendFile file -> unsupported("way to send files");
        case SetPresence presence -> unsupported("presence");
        case PublishItem item -> unsupported("topics");
        case Ask ask -> unsupported("forms");
        case EndCall end -> Outcome.DELIVERED;
      };
    } catch (IllegalArgumentException impossible) {
      return Outcome.refused(String.valueOf(impossible.getMessage()));
    } catch (IOException nobodyReads) {
      return Outcome.refused("nobody reads the output any more");
    }
  }

  private Outcome show(Action action, Content content, Tone tone) throws IOException {
    screen.show(
        Screen.ScreenMessage.in(
            action.where(), identity.home(), identity.self().displayName(), content, tone));
    return Outcome.DELIVERED;
  }

  private static Outcome unsupported(String what) {
    return new Outcome.Settled(new Receipt.Unsupported("a console has no " + what));
  }
}
