package dev.owlery.adapter.xmpp.adhoc;

import dev.owlery.adapter.xmpp.link.XmppExtension;
import dev.owlery.adapter.xmpp.link.XmppLink;
import dev.owlery.adapter.xmpp.text.Markup;
import dev.owlery.api.action.Ask;
import dev.owlery.api.action.EndCall;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandLookup;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.Origin;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler.Mode;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smackx.commands.SpecificErrorCondition;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData.Action;
import org.jspecify.annotations.Nullable;

/**
 * The bot's commands as ad-hoc commands (XEP-0050): each with a data form for its arguments. A
 * request becomes a {@link CommandCalled} or a {@link FormAnswered}; it is answered when the
 * command asks something or ends, or after a while with "still working", so that the client need
 * not give up. Every method may be called from any thread.
 */
public final class AdHocCommands implements XmppExtension {

  /** Well below what clients wait for an answer. */
  private static final long PATIENCE_SECONDS = 15;

  private static final CompletionStage<Outcome> DELIVERED =
      CompletableFuture.completedStage(Outcome.DELIVERED);

  private final AdapterContext context;
  private final AdHocSessions sessions;
  private volatile @Nullable XmppLink link;

  public AdHocCommands(AdapterContext context) {
    this.context = context;
    this.sessions = new AdHocSessions(context.clock());
  }

  @Override
  public void attach(XmppLink fresh) {
    link = fresh;
    fresh.connection().registerIQRequestHandler(new CommandRequestHandler(fresh));
    AdHocDirectory.attach(fresh, context);
  }

  /** What Smack calls for each request; its threads do not read the stream. */
  private final class CommandRequestHandler extends AbstractIqRequestHandler {
    private final XmppLink link;

    CommandRequestHandler(XmppLink link) {
      super(AdHocCommandData.ELEMENT, AdHocCommandData.NAMESPACE, IQ.Type.set, Mode.async);
      this.link = link;
    }

    @Override
    public @Nullable IQ handleIQRequest(IQ request) {
      return request instanceof AdHocCommandData data && data.getFrom() != null
          ? handle(data, link)
          : AdHocReplies.error(request, Condition.bad_request);
    }
  }

  private @Nullable IQ handle(AdHocCommandData request, XmppLink from) {
    return request.getSessionId() == null ? begin(request, from) : goOn(request, from);
  }

  private @Nullable IQ begin(AdHocCommandData request, XmppLink from) {
    if (request.getAction() != null && request.getAction() != Action.execute) {
      return AdHocReplies.error(request, SpecificErrorCondition.badAction);
    }
    Member caller = AdHocDirectory.caller(request.getFrom(), from);
    Conversation chat = from.identity().chatWith(request.getFrom().asBareJid());
    return switch (context.command(chat, caller, request.getNode())) {
      case CommandLookup.Unknown() -> AdHocReplies.error(request, Condition.item_not_found);
      case CommandLookup.NotAllowed(String reason) -> AdHocReplies.forbidden(request, reason);
      case CommandLookup.Found(CommandForm command) -> {
        String id = UUID.randomUUID().toString();
        AdHocSession session =
            new AdHocSession(
                id,
                request.getFrom(),
                caller,
                AdHocSessions.place(chat, id),
                command,
                context.clock().instant());
        sessions.open(session).ifPresent(this::giveWay);
        yield command.form().isPresent()
            ? AdHocReplies.asking(request, session, command.form().get())
            : call(request, session, Map.of());
      }
    };
  }

  /** A session has made room for a newer one: what it asked stays unanswered. */
  private void giveWay(AdHocSession session) {
    session
        .takeRequest()
        .ifPresent(
            waiting -> send(AdHocReplies.error(waiting, SpecificErrorCondition.sessionExpired)));
    session
        .question()
        .ifPresent(question ->
            publish(
                new FormAnswered(
                    Origin.live("adhoc " + session.id() + " gone", context.clock().instant()),
                    session.where(),
                    session.caller(),
                    question.token(),
                    Map.of(),
                    true)));
  }

  private @Nullable IQ goOn(AdHocCommandData request, XmppLink from) {
    AdHocSession session = sessions.find(request.getSessionId()).orElse(null);
    if (session == null) {
      return AdHocReplies.error(request, SpecificErrorCondition.sessionExpired);
    }
    if (!session.owner().equals(request.getFrom())
        || !session.command().info().name().equals(request.getNode())) {
      context.refused(
          session.where(),
          AdHocDirectory.caller(request.getFrom(), from),
          String.valueOf(request.getNode()),
          "the session belongs to " + session.owner());
      return AdHocReplies.error(request, SpecificErrorCondition.badSessionid);
    }
    Action action = request.getAction() == null ? Action.execute : request.getAction();
    return switch (action) {
      case cancel -> cancel(request, session);
      case prev -> AdHocReplies.error(request, SpecificErrorCondition.badAction);
      case execute, next, complete -> submit(request, session);
    };
  }

  private IQ cancel(AdHocCommandData request, AdHocSession session) {
    session
        .question()
        .ifPresent(question -> publish(answer(request, session, question, Map.of(), true)));
    sessions.close(session);
    return AdHocReplies.cancelled(request, session);
  }

  private @Nullable IQ submit(AdHocCommandData request, AdHocSession session) {
    Map<String, String> values =
        request.getForm() == null ? Map.of() : AdHocForms.values(request.getForm());
    if (!session.isCalled()) {
      return call(request, session, values);
    }
    if (session.isOver()) {
      sessions.close(session);
      return AdHocReplies.completed(request, session);
    }
    Optional<AdHocSession.OpenQuestion> question = session.question();
    if (question.isPresent() && request.getForm() == null) {
      return AdHocReplies.asking(request, session, question.get().form());
    }
    wait(request, session);
    question.ifPresent(asked -> {
      session.answered();
      publish(answer(request, session, asked, values, false));
    });
    return null;
  }

  private @Nullable IQ call(
      AdHocCommandData request, AdHocSession session, Map<String, String> values) {
    String line;
    try {
      line = session.command().line(values);
    } catch (IllegalArgumentException wrong) {
      session.says(String.valueOf(wrong.getMessage()));
      return AdHocReplies.asking(request, session, session.command().form().orElseThrow());
    }
    session.called();
    wait(request, session);
    publish(new CommandCalled(origin(request, session), session.where(), session.caller(), line));
    return null;
  }

  private FormAnswered answer(
      AdHocCommandData request,
      AdHocSession session,
      AdHocSession.OpenQuestion question,
      Map<String, String> values,
      boolean cancelled) {
    return new FormAnswered(
        origin(request, session),
        session.where(),
        session.caller(),
        question.token(),
        values,
        cancelled);
  }

  private Origin origin(AdHocCommandData request, AdHocSession session) {
    return Origin.live(
        "adhoc " + session.id() + " " + request.getStanzaId(), context.clock().instant());
  }

  private void publish(ChatEvent event) {
    var _ = context.publish(event);
  }

  private void wait(AdHocCommandData request, AdHocSession session) {
    session.requested(request, context.clock().instant());
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(() -> stillWorking(request, session));
  }

  private void stillWorking(AdHocCommandData request, AdHocSession session) {
    if (session.isWaitedForBy(request)) {
      session.says("Still working.");
      session.takeRequest().ifPresent(waiting -> send(AdHocReplies.working(waiting, session)));
    }
  }

  @Override
  public Optional<CompletionStage<Outcome>> perform(Outgoing outgoing) {
    return AdHocSessions.idOf(outgoing.action().where())
        .map(id ->
            sessions.find(id).map(session -> perform(outgoing, session)).orElseGet(this::gone));
  }

  private CompletionStage<Outcome> gone() {
    return CompletableFuture.completedStage(Outcome.refused("the command's session is over"));
  }

  private CompletionStage<Outcome> perform(Outgoing outgoing, AdHocSession session) {
    switch (outgoing.action()) {
      case Say say -> session.says(Markup.clean(say.content().plain()));
      case Ask ask -> {
        session.asks(new AdHocSession.OpenQuestion(ask.question(), ask.form()));
        session
            .takeRequest()
            .ifPresent(waiting -> send(AdHocReplies.asking(waiting, session, ask.form())));
      }
      case EndCall _ -> {
        session.ends();
        session
            .takeRequest()
            .ifPresent(waiting -> {
              sessions.close(session);
              send(AdHocReplies.completed(waiting, session));
            });
      }
      default -> {
        return CompletableFuture.completedStage(
            Outcome.refused("an ad-hoc command's answer is text"));
      }
    }
    return DELIVERED;
  }

  private void send(IQ answer) {
    XmppLink now = link;
    if (now != null) {
      now.reply(answer);
    }
  }
}
