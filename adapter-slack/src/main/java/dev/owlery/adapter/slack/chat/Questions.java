package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ResponseUrls;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.text.Escapes;
import dev.owlery.adapter.slack.text.FormBlocks;
import dev.owlery.adapter.slack.text.RenderedMessage;
import dev.owlery.adapter.slack.text.SentMetadata;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.action.Ask;
import dev.owlery.api.action.EndCall;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.Form;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.Origin;
import dev.owlery.spi.BoundedMap;
import dev.owlery.spi.EngineThreads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Questions: shown as buttons or, if they take more than a choice, behind a button that opens a
 * modal; answered by a click or by what was filled in. Also the modals in which a slash command's
 * arguments are asked for. Any thread.
 */
public final class Questions {
  private static final int MOST = 2_000;
  private static final String OVER = "This question is over: please call the command once more.";
  private static final CompletionStage<Optional<JsonObject>> NOTHING =
      CompletableFuture.completedStage(Optional.empty());

  private final SlackApi api;
  private final AdapterContext context;
  private final SlackIdentity identity;
  private final SlashCommands calls;
  private final ResponseUrls addresses;
  private final UnknownDeliveries strangers;
  private final Map<String, Ask> open = BoundedMap.firstInFirstOut(MOST);
  private final Map<String, Started> started = BoundedMap.firstInFirstOut(MOST);

  /** A command of which the arguments are being asked for. */
  private record Started(SlashCommands.SlashCommand call, CommandForm form) {}

  public Questions(
      SlackApi api,
      AdapterContext context,
      SlackIdentity identity,
      SlashCommands calls,
      ResponseUrls addresses,
      UnknownDeliveries strangers) {
    this.api = api;
    this.context = context;
    this.identity = identity;
    this.calls = calls;
    this.addresses = addresses;
    this.strangers = strangers;
  }

  public SlashCommands calls() {
    return calls;
  }

  /**
   * Shows a question.
   *
   * @param ask what to ask
   * @param channel the channel's id
   * @param token our mark on the message
   * @return what is known of it
   */
  public Outcome show(Ask ask, String channel, String token) {
    synchronized (open) {
      open.put(ask.question(), ask);
    }
    List<LayoutBlock> blocks = FormBlocks.message(ask);
    String text = Escapes.text(FormBlocks.words(ask.form()));
    RenderedMessage rendered = new RenderedMessage(text, blocks, List.of());
    Optional<String> thread = ask.where().thread();
    if (thread.filter(SlashCommands::isCall).isPresent()) {
      return calls.answer(thread.get(), rendered);
    }
    return api.call(
            ApiMethod.CHAT_POST,
            channel,
            SlackApi.AS_LONG_AS_IT_TAKES,
            methods ->
                methods.chatPostMessage(request -> {
                  thread.ifPresent(request::threadTs);
                  return rendered
                      .into(request)
                      .channel(channel)
                      .metadata(SentMetadata.of(token, Tone.NORMAL));
                }))
        .outcome(posted -> Optional.ofNullable(posted.getTs()));
  }

  /** A call is over; there is nothing to close. */
  public Outcome end(EndCall end) {
    return Outcome.DELIVERED;
  }

  /** A slash command came. */
  public CompletionStage<Optional<JsonObject>> called(JsonObject payload) {
    if (!strangers.isForUs(payload)) {
      return NOTHING;
    }
    SlashCommands.SlashCommand call = calls.read(payload);
    Optional<CommandForm> form = calls.missingArguments(call);
    String trigger = SlackJson.text(payload, "trigger_id");
    if (form.isPresent() && asksForArguments(call, form.get(), trigger)) {
      return NOTHING;
    }
    return context.publish(call.event()).thenApply(_ -> Optional.empty());
  }

  private boolean asksForArguments(
      SlashCommands.SlashCommand call, CommandForm form, String trigger) {
    synchronized (started) {
      started.put(call.origin().key(), new Started(call, form));
    }
    View view = FormBlocks.command(form, call.origin().key());
    return opened(trigger, view);
  }

  private boolean opened(String trigger, View view) {
    return api.call(
            ApiMethod.VIEWS_OPEN,
            "",
            SlackDirectory.MOMENT,
            methods -> methods.viewsOpen(request -> request.triggerId(trigger).view(view)))
        .found()
        .isPresent();
  }

  /** Somebody has clicked, or has sent in what they filled in. */
  public CompletionStage<Optional<JsonObject>> interaction(JsonObject payload) {
    if (!strangers.isForUs(payload)) {
      return NOTHING;
    }
    return switch (SlackJson.text(payload, "type")) {
      case "block_actions" -> clicked(payload);
      case "view_submission" -> submitted(payload);
      default -> {
        strangers.count("interactive." + SlackJson.text(payload, "type"));
        yield NOTHING;
      }
    };
  }

  private CompletionStage<Optional<JsonObject>> clicked(JsonObject payload) {
    Optional<FormBlocks.Click> click =
        SlackJson.objects(payload, "actions").stream()
            .map(FormBlocks::click)
            .flatMap(Optional::stream)
            .findFirst();
    if (click.isEmpty()) {
      strangers.count("interactive.other");
      return NOTHING;
    }
    Optional<Ask> ask = find(click.get().question());
    String address = SlackJson.text(payload, "response_url");
    if (ask.isEmpty()) {
      EngineThreads.start("slack-question", () -> tell(address, OVER));
      return NOTHING;
    }
    if (click.get().opensForm()) {
      boolean _ =
          opened(
              SlackJson.text(payload, "trigger_id"),
              FormBlocks.answer(ask.get().form(), ask.get().question()));
      return NOTHING;
    }
    String user = SlackJson.text(payload, "user", "id");
    String key = "click/" + SlackJson.text(payload, "trigger_id");
    return context
        .publish(answered(ask.get(), key, user, click.get().values(), click.get().isCancel()))
        .thenApply(_ -> {
          if (user.equals(ask.get().who().handle())) {
            EngineThreads.start(
                "slack-question", () -> settle(address, ask.get(), click.get().shown()));
          }
          return Optional.empty();
        });
  }

  private FormAnswered answered(
      Ask ask, String key, String user, Map<String, String> values, boolean cancelled) {
    return new FormAnswered(
        Origin.live(key, context.clock().instant()),
        ask.where(),
        identity.member(user),
        ask.question(),
        values,
        cancelled);
  }

  /** Takes the buttons away, so that nobody clicks once more. */
  private void settle(String address, Ask ask, String answer) {
    String text = ask.form().title() + "\n→ " + answer;
    JsonObject message = ResponseUrls.message(RenderedMessage.of(Content.of(text), Tone.NORMAL));
    message.addProperty("replace_original", true);
    Outcome _ = addresses.post(address, message);
  }

  private void tell(String address, String text) {
    JsonObject message = ResponseUrls.message(RenderedMessage.of(Content.of(text), Tone.NORMAL));
    message.addProperty("replace_original", false);
    message.addProperty("response_type", "ephemeral");
    Outcome _ = addresses.post(address, message);
  }

  private CompletionStage<Optional<JsonObject>> submitted(JsonObject payload) {
    JsonObject view = SlackJson.object(payload, "view");
    String name = SlackJson.text(view, "private_metadata");
    String user = SlackJson.text(payload, "user", "id");
    Map<String, String> values = FormBlocks.values(view);
    return switch (SlackJson.text(view, "callback_id")) {
      case FormBlocks.ANSWER ->
          find(name)
              .map(ask ->
                  context
                      .publish(
                          answered(ask, "view/" + SlackJson.text(view, "id"), user, values, false))
                      .<Optional<JsonObject>>thenApply(_ -> Optional.empty()))
              .orElseGet(() -> tooLate(view, OVER));
      case FormBlocks.COMMAND -> command(name, user, view);
      default -> {
        strangers.count("interactive.view");
        yield NOTHING;
      }
    };
  }

  /** Said in the modal, which stays open. */
  private static CompletionStage<Optional<JsonObject>> tooLate(JsonObject view, String words) {
    String field =
        SlackJson.objects(view, "blocks").stream()
            .map(block -> SlackJson.text(block, "block_id"))
            .filter(id -> !id.isEmpty())
            .findFirst()
            .orElse("");
    return field.isEmpty()
        ? NOTHING
        : CompletableFuture.completedStage(Optional.of(FormBlocks.errors(field, words)));
  }

  private CompletionStage<Optional<JsonObject>> command(String name, String user, JsonObject view) {
    Started found;
    synchronized (started) {
      found = started.get(name);
    }
    if (found == null || !found.call().caller().handle().equals(user)) {
      return tooLate(view, "I do not remember this call: please call the command once more.");
    }
    try {
      SlashCommands.SlashCommand call =
          found.call().with(found.form().line(FormBlocks.values(view)));
      return context.publish(call.event()).thenApply(_ -> Optional.empty());
    } catch (IllegalArgumentException wrong) {
      String first = found.form().arguments().getFirst().field().name();
      return CompletableFuture.completedStage(
          Optional.of(FormBlocks.errors(first, String.valueOf(wrong.getMessage()))));
    }
  }

  private Optional<Ask> find(String question) {
    synchronized (open) {
      return Optional.ofNullable(open.get(question));
    }
  }

  /** The form of a question that is open. */
  Optional<Form> form(String question) {
    return find(question).map(Ask::form);
  }
}
