package dev.owlery.adapter.slack;

import com.slack.api.methods.SlackApiTextResponse;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.chat.OwnHistory;
import dev.owlery.adapter.slack.chat.Questions;
import dev.owlery.adapter.slack.chat.SlackIdentity;
import dev.owlery.adapter.slack.chat.SlackRooms;
import dev.owlery.adapter.slack.chat.SlashCommands;
import dev.owlery.adapter.slack.files.Uploads;
import dev.owlery.adapter.slack.text.Emoji;
import dev.owlery.adapter.slack.text.Escapes;
import dev.owlery.adapter.slack.text.RenderedMessage;
import dev.owlery.adapter.slack.text.SentMetadata;
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
import dev.owlery.api.adapter.Outgoing;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Presence;
import dev.owlery.api.content.Content;
import dev.owlery.api.slack.SlackNotation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes calls of actions. Its methods wait for Slack; one at a time for each conversation. */
final class SlackOutbound {

  /** Slack's longest subject. */
  private static final int LONGEST_SUBJECT = 250;

  private final SlackApi api;
  private final SlackRooms rooms;
  private final SlackIdentity identity;
  private final OwnHistory history;
  private final Uploads uploads;
  private final Questions questions;

  SlackOutbound(
      SlackApi api,
      SlackRooms rooms,
      SlackIdentity identity,
      OwnHistory history,
      Uploads uploads,
      Questions questions) {
    this.api = api;
    this.rooms = rooms;
    this.identity = identity;
    this.history = history;
    this.uploads = uploads;
    this.questions = questions;
  }

  /** Cuts what is said into messages. */
  static List<Action> divide(Action action) {
    if (!(action instanceof Say say)) {
      return List.of(action);
    }
    List<Content> parts = RenderedMessage.divide(say.content());
    return parts.size() == 1 && parts.getFirst().equals(say.content())
        ? List.of(action)
        : parts.stream()
            .<Action>map(part -> new Say(say.where(), part, say.tone(), say.replyTo()))
            .toList();
  }

  /**
   * Does one part.
   *
   * @param outgoing the part
   * @return what is known of it
   */
  Outcome perform(Outgoing outgoing) {
    return switch (outgoing.action()) {
      case Say say -> say(say, outgoing.token());
      case Edit edit -> edit(edit);
      case Delete delete -> delete(delete);
      case React react -> react(react);
      case SendFile file -> in(file.where(), channel -> uploads.send(file, channel));
      case Join join -> rooms.join(join.where().room()).outcome();
      case Leave leave -> leave(leave);
      case SetSubject subject -> subject(subject);
      case SetPresence presence -> presence(presence);
      case OpenDirect direct -> openDirect(direct);
      case Ask ask -> ask(ask, outgoing.token());
      case EndCall end -> questions.end(end);
      case PublishItem _ ->
          new Outcome.Settled(new Receipt.Unsupported("Slack has no topics to publish on"));
    };
  }

  private Outcome in(Conversation where, Function<String, Outcome> work) {
    ApiResult<String> channel = rooms.resolve(where);
    return channel instanceof ApiResult.Ok<String>(String id)
        ? work.apply(id)
        : unresolved(channel);
  }

  /** Whatever went wrong with looking for the channel, nothing was said. */
  private static Outcome unresolved(ApiResult<String> trouble) {
    return trouble instanceof ApiResult.SlackRefused<String> refused
        ? Outcome.refused(refused.detail())
        : new Outcome.NotSent(Duration.ZERO, trouble.trouble());
  }

  private Outcome say(Say say, String token) {
    if (RenderedMessage.isNothing(say.content())) {
      return Outcome.refused("nothing to say");
    }
    RenderedMessage rendered = RenderedMessage.of(say.content(), say.tone());
    if (say.where().thread().filter(SlashCommands::isCall).isPresent()) {
      return questions.calls().answer(say.where().thread().get(), rendered);
    }
    return in(
        say.where(),
        channel -> {
          history.begins(channel, token);
          return api.call(
                  ApiMethod.CHAT_POST,
                  channel,
                  SlackApi.AS_LONG_AS_IT_TAKES,
                  methods ->
                      methods.chatPostMessage(request -> {
                        say.where().thread().ifPresent(request::threadTs);
                        return rendered
                            .into(request)
                            .channel(channel)
                            .metadata(SentMetadata.of(token, say.tone()));
                      }))
              .outcome(posted -> {
                Optional<String> ts = Optional.ofNullable(posted.getTs());
                ts.ifPresent(id -> history.said(channel, id));
                return ts;
              });
        });
  }

  private Outcome ask(Ask ask, String token) {
    return in(
        ask.where(),
        channel -> {
          history.begins(channel, token);
          return questions.show(ask, channel, token);
        });
  }

  private Outcome edit(Edit edit) {
    if (RenderedMessage.isNothing(edit.content())) {
      return Outcome.refused("nothing to say");
    }
    RenderedMessage rendered = RenderedMessage.forUpdate(edit.content());
    return in(
        edit.where(),
        channel ->
            api.call(
                    ApiMethod.CHAT_UPDATE,
                    methods ->
                        methods.chatUpdate(request ->
                            request
                                .channel(channel)
                                .ts(edit.target().value())
                                .text(rendered.text())
                                .blocks(rendered.blocks())
                                .attachments(rendered.attachments())
                                .parse("none")
                                .linkNames(false)))
                .outcome(changed -> Optional.ofNullable(changed.getTs())));
  }

  private Outcome delete(Delete delete) {
    return in(
        delete.where(),
        channel ->
            done(
                api.call(
                    ApiMethod.CHAT_DELETE,
                    methods ->
                        methods.chatDelete(
                            request -> request.channel(channel).ts(delete.target().value()))),
                Set.of()));
  }

  private Outcome react(React react) {
    Optional<String> name = Emoji.name(react.emoji());
    if (name.isEmpty()) {
      return Outcome.refused("Slack has no such emoji");
    }
    String ts = react.target().value();
    return in(
        react.where(),
        channel ->
            react.add()
                ? done(
                    api.call(
                        ApiMethod.REACTIONS_ADD,
                        methods ->
                            methods.reactionsAdd(request ->
                                request.channel(channel).timestamp(ts).name(name.get()))),
                    Set.of("already_reacted"))
                : done(
                    api.call(
                        ApiMethod.REACTIONS_REMOVE,
                        methods ->
                            methods.reactionsRemove(request ->
                                request.channel(channel).timestamp(ts).name(name.get()))),
                    Set.of("no_reaction")));
  }

  private Outcome leave(Leave leave) {
    rooms.unwant(leave.where().room());
    return in(
        leave.where(),
        channel -> {
          Outcome outcome =
              done(
                  api.call(
                      ApiMethod.CONVERSATIONS_LEAVE,
                      methods -> methods.conversationsLeave(request -> request.channel(channel))),
                  Set.of("not_in_channel"));
          if (outcome instanceof Outcome.Settled(Receipt receipt)
              && receipt instanceof Receipt.Delivered) {
            rooms.went(channel, identity.self().user());
          }
          return outcome;
        });
  }

  private Outcome subject(SetSubject subject) {
    String line = SlackNotation.clean(subject.subject()).replace('\n', ' ').strip();
    boolean splits =
        line.length() > LONGEST_SUBJECT && Character.isLowSurrogate(line.charAt(LONGEST_SUBJECT));
    int end = Math.min(line.length(), splits ? LONGEST_SUBJECT - 1 : LONGEST_SUBJECT);
    String topic = Escapes.text(line.substring(0, end));
    return in(
        subject.where(),
        channel ->
            done(
                api.call(
                    ApiMethod.CONVERSATIONS_SET_TOPIC,
                    methods ->
                        methods.conversationsSetTopic(
                            request -> request.channel(channel).topic(topic))),
                Set.of()));
  }

  private Outcome presence(SetPresence presence) {
    String word = presence.presence() == Presence.AVAILABLE ? "auto" : "away";
    return done(
        api.call(
            ApiMethod.USERS_SET_PRESENCE,
            methods -> methods.usersSetPresence(request -> request.presence(word))),
        Set.of());
  }

  private Outcome openDirect(OpenDirect direct) {
    return rooms
        .open(direct.members())
        .outcome(channel -> Optional.of(identity.where(channel).room()));
  }

  /** What an answer means, when some refusals mean that it was done before. */
  private static <R extends SlackApiTextResponse> Outcome done(
      ApiResult<R> answer, Set<String> doneBefore) {
    return answer instanceof ApiResult.SlackRefused<R>(String error, String _)
            && doneBefore.contains(error)
        ? Outcome.DELIVERED
        : answer.outcome();
  }

  /**
   * Looks up whether a part was done before.
   *
   * @param outgoing the part
   * @return what is known
   */
  Outcome lookUp(Outgoing outgoing) {
    return switch (outgoing.action()) {
      case Say say when say.where().thread().filter(SlashCommands::isCall).isPresent() ->
          new Outcome.Doubtful("Slack keeps no history of answers to a slash command");
      case Say say -> in(say.where(), channel -> history.find(say.where(), channel, outgoing));
      case Ask ask -> in(ask.where(), channel -> history.find(ask.where(), channel, outgoing));
      case SendFile file ->
          in(file.where(), channel -> history.findFile(file, channel, outgoing.madeAt()));
      // Doing these twice does no harm.
      case Edit _,
          Delete _,
          React _,
          Join _,
          Leave _,
          SetSubject _,
          SetPresence _,
          OpenDirect _,
          EndCall _ ->
          new Outcome.NotSent(Duration.ZERO, "can be done again");
      case PublishItem _ -> new Outcome.NotSent(Duration.ZERO, "was never possible");
    };
  }
}
