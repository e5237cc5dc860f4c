package dev.owlery.launcher.matrix;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Delete;
import dev.owlery.api.action.Edit;
import dev.owlery.api.action.PublishItem;
import dev.owlery.api.action.React;
import dev.owlery.api.action.Receipt;
import dev.owlery.api.action.Say;
import dev.owlery.api.action.SetPresence;
import dev.owlery.api.action.SetSubject;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.chat.Presence;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Item;
import dev.owlery.api.content.Text;
import dev.owlery.api.content.Tone;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.Permission;

/** Does one thing of each kind, and says what the network made of it. */
public final class SamplePlugin implements Plugin {
  private final Bot bot;

  @Inject
  SamplePlugin(Bot bot) {
    this.bot = bot;
  }

  /**
   * Does it.
   *
   * @param call who asks, and where
   * @param what the kind
   * @param mark a word that shall stand in it
   */
  @Command("sample <what> <mark>")
  @Permission("view")
  public void sample(
      CommandCall call, @Argument("what") String what, @Argument("mark") String mark) {
    Conversation here = call.where();
    AccountId account = here.account();
    switch (what) {
      case "long" -> call.reply(longText(mark));
      case "lines" ->
          IntStream.range(0, 10).forEach(i -> bot.say(here, mark + " line " + (char) ('a' + i)));
      case "rich_text" ->
          report(here, what, new Say(here, Content.of(Text.markdown("**" + mark + "** is bold"))));
      case "card" -> report(here, what, new Say(here, Content.of(card(mark))));
      case "thread" ->
          afterSaying(here, what, mark, (c, id) -> new Say(c.inThread(id.value()), words(mark)));
      case "edit" -> afterSaying(here, what, "first", (c, id) -> new Edit(c, id, words(mark)));
      case "delete" -> afterSaying(here, what, mark, Delete::new);
      case "reaction" -> afterSaying(here, what, mark, (c, id) -> new React(c, id, "👍", true));
      case "reply" ->
          afterSaying(
              here,
              what,
              "first",
              (c, id) -> new Say(c, words(mark), Tone.NORMAL, Optional.of(id)));
      case "subject" -> report(here, what, new SetSubject(here, mark));
      case "presence" ->
          report(
              here,
              what,
              new SetPresence(Conversation.ofAccount(account), Presence.AWAY, "at " + mark));
      case "publish" ->
          report(
              here,
              what,
              new PublishItem(Conversation.ofAccount(account), "staff", Item.of(mark, mark)));
      case "question" -> call.reply("you said " + call.ask("What is it?"));
      case "form" -> call.reply(form(call));
      default -> throw new CommandException("no sample of " + what);
    }
  }

  private static Content words(String mark) {
    return Content.of("it is " + mark);
  }

  private static String longText(String mark) {
    return IntStream.range(0, 500)
        .mapToObj("w%04d"::formatted)
        .collect(Collectors.joining(" ", mark + " ", " end"));
  }

  private static Card card(String mark) {
    return Card.card("a card of " + mark)
        .title("Title " + mark)
        .text(Text.plain("what it says"))
        .field("Field", "value")
        .build();
  }

  private static String form(CommandCall call) {
    Answers answers =
        call.ask(
            new Form(
                "An order",
                List.of(FormField.text("what", "What?"), FormField.number("count", "How many?"))));
    return "ordered " + answers.text("count") + " " + answers.text("what");
  }

  /** What can be done only with a message that has been said, or with none if it has no id. */
  private void afterSaying(
      Conversation where,
      String what,
      String first,
      BiFunction<Conversation, MessageId, Action> action) {
    bot.say(where, first + " said")
        .thenAccept(receipt ->
            report(
                where,
                what,
                action.apply(
                    where,
                    receipt instanceof Receipt.Delivered(Optional<MessageId> id)
                        ? id.orElseGet(() -> new MessageId("unknown"))
                        : new MessageId("unsaid"))));
  }

  private void report(Conversation where, String what, Action action) {
    bot.perform(action).thenAccept(receipt -> bot.say(where, what + ": " + described(receipt)));
  }

  private static String described(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Delivered _ -> "delivered";
      case Receipt.Refused(String reason) -> "refused: " + reason;
      case Receipt.Unsupported(String reason) -> "unsupported: " + reason;
      case Receipt.Dead(String reason) -> "given up: " + reason;
    };
  }
}
