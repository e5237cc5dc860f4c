package dev.owlery.core.work;

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
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import java.util.Optional;
import java.util.Set;

/**
 * Makes of an action what a network can do: the nearest thing that says the same, or a receipt that
 * says it cannot.
 */
final class Degrader {

  private static final Receipt.Unsupported NO_PLACE =
      new Receipt.Unsupported("what happens to an account is no place to speak in");

  private Degrader() {}

  /** What can be done. */
  sealed interface Degraded {
    /** This, instead or as it was. */
    record Supported(Action action) implements Degraded {}

    /** Nothing. */
    record Impossible(Receipt.Unsupported receipt) implements Degraded {}
  }

  static Degraded fit(Action action, Set<Capability> can) {
    return switch (action) {
      case Say say when isNoPlace(say.where()) -> new Degraded.Impossible(NO_PLACE);
      case Ask ask when isNoPlace(ask.where()) -> new Degraded.Impossible(NO_PLACE);
      case Say say -> new Degraded.Supported(say(say, can));
      case Edit edit -> new Degraded.Supported(can.contains(Capability.EDIT) ? edit : anew(edit));
      case Delete delete -> only(delete, can, Capability.DELETE, "taking messages back");
      case React react -> only(react, can, Capability.REACTIONS, "reactions");
      case SendFile file -> only(file, can, Capability.FILES, "files");
      case Join join -> only(join, can, Capability.ROOMS, "rooms");
      case Leave leave -> only(leave, can, Capability.ROOMS, "rooms");
      case SetSubject subject -> only(subject, can, Capability.SUBJECT, "subjects");
      case SetPresence presence -> only(presence, can, Capability.PRESENCE, "presence");
      case OpenDirect direct ->
          direct.members().size() == 1
              ? new Degraded.Supported(direct)
              : only(direct, can, Capability.ROOMS, "group chats");
      case PublishItem item -> only(item, can, Capability.PUBLISH, "topics of its own");
      case Ask ask -> new Degraded.Supported(ask);
      case EndCall end -> new Degraded.Supported(end);
    };
  }

  private static boolean isNoPlace(Conversation where) {
    return where.kind() == Conversation.Kind.ACCOUNT;
  }

  private static Degraded only(Action action, Set<Capability> can, Capability needed, String what) {
    return can.contains(needed)
        ? new Degraded.Supported(action)
        : new Degraded.Impossible(new Receipt.Unsupported("this network has no " + what));
  }

  private static Say say(Say say, Set<Capability> can) {
    boolean threadless = say.where().thread().isPresent() && !can.contains(Capability.THREADS);
    boolean cardless = !say.content().cards().isEmpty() && !can.contains(Capability.CARDS);
    boolean replyless = say.replyTo().isPresent() && !can.contains(Capability.REPLIES);
    if (!threadless && !cardless && !replyless) {
      return say;
    }
    return new Say(
        threadless ? withoutThread(say.where()) : say.where(),
        cardless ? Content.of(Text.plain(say.content().plain())) : say.content(),
        say.tone(),
        replyless ? Optional.empty() : say.replyTo());
  }

  private static Say anew(Edit edit) {
    return new Say(
        withoutThread(edit.where()),
        Content.of(Text.plain("(corrected) " + edit.content().plain())));
  }

  private static Conversation withoutThread(Conversation where) {
    return new Conversation(where.account(), where.kind(), where.room(), Optional.empty());
  }
}
