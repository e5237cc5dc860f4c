package dev.owlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.owlery.api.action.Ask;
import dev.owlery.api.action.EndCall;
import dev.owlery.api.adapter.Capability;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.command.CommandLookup;
import dev.owlery.api.command.FormField;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Commands that are called by a network's own way, and questions that it shows as forms. */
class FormsTest {

  @AutoClose private final BotScenario bot = BotScenario.of(FormsPlugin.class);
  private final FakeUser.Speech ann = bot.user("ann").direct();
  private final Expectation chat = bot.expect("ann");

  @Test
  void a_call_by_a_networks_own_way_is_answered_and_ended() {
    String call = ann.calls("order \"barn owl\" 3");
    chat.says("3 SMALL barn owl (none)");
    assertThat(chat.does(EndCall.class).call()).isEqualTo(call);
    chat.nothing();
  }

  @Test
  void every_call_is_ended_whatever_becomes_of_it() {
    ann.calls("order owl");
    chat.saysWith("Usage: !order");
    chat.does(EndCall.class);
    ann.calls("oder owl 1");
    chat.saysWith("Did you mean", "order");
    chat.does(EndCall.class);
    ann.calls("secret");
    chat.saysWith("You may not do that: it takes the permission secret.", "does not vouch");
    chat.does(EndCall.class);
    ann.calls("broken");
    chat.saysWith("incident");
    chat.does(EndCall.class);
  }

  @Test
  void a_call_asks_by_form_and_goes_on_with_what_was_filled_in() {
    ann.calls("deploy web");
    Ask first = chat.does(Ask.class);
    assertThat(first.form().fields().getFirst().options()).containsExactly("staging", "production");
    ann.answers(first, Map.of("answer", "staging"));
    Ask second = chat.does(Ask.class);
    assertThat(second.question()).isNotEqualTo(first.question());
    ann.answers(second, Map.of("sure", "true", "times", "2"));
    chat.says("web to staging x2");
    chat.does(EndCall.class);
  }

  @Test
  void a_wrong_answer_is_told_and_the_form_shown_again() {
    ann.calls("deploy web");
    ann.answers(chat.does(Ask.class), Map.of("answer", "the moon"));
    chat.saysWith("Where to?", "choose one");
    ann.answers(chat.does(Ask.class), Map.of("answer", "production"));
    ann.answers(chat.does(Ask.class), Map.of("sure", "yes", "times", "many"));
    chat.saysWith("How often?", "whole number");
    ann.dismisses(chat.does(Ask.class));
    chat.says("Cancelled.");
    chat.does(EndCall.class);
  }

  @Test
  void somebody_else_cannot_answer() {
    ann.calls("deploy web");
    Ask form = chat.does(Ask.class);
    bot.network()
        .publish(
            new FormAnswered(
                Origin.live("forged", Instant.EPOCH),
                form.where(),
                bot.user("mallory").member(),
                form.question(),
                Map.of("answer", "production"),
                false));
    ann.answers(form, Map.of("answer", "staging"));
    Ask second = chat.does(Ask.class);
    ann.answers(second, Map.of("sure", "true", "times", "1"));
    chat.says("web to staging x1");
  }

  @Test
  void what_is_said_beside_a_form_is_no_answer_to_it() {
    ann.calls("deploy web");
    Ask form = chat.does(Ask.class);
    ann.says("order owl 1");
    chat.says("1 SMALL owl (none)");
    ann.answers(form, Map.of("answer", "staging"));
    chat.does(Ask.class);
  }

  @Test
  void where_a_network_has_forms_a_typed_command_asks_by_form_and_takes_words_too() {
    bot.network().can(Capability.FORMS);
    ann.says("deploy web");
    chat.does(Ask.class);
    ann.says("2");
    ann.answers(chat.does(Ask.class), Map.of("sure", "true", "times", "3"));
    chat.says("web to production x3").nothing();
  }

  @Test
  void an_answer_that_nobody_waits_for_is_told_so() {
    ann.calls("deploy web");
    Ask form = chat.does(Ask.class);
    ann.dismisses(form);
    chat.says("Cancelled.");
    chat.does(EndCall.class);
    ann.answers(form, Map.of("answer", "staging"));
    chat.says("That question is no longer open.");
    chat.does(EndCall.class);
  }

  @Test
  void commands_are_offered_as_forms_to_those_who_may_call_them() {
    bot.settle();
    assertThat(ann.offered())
        .extracting(form -> form.info().name())
        .contains("broken", "deploy", "order")
        .doesNotContain("secret");
    CommandForm order =
        ann.offered().stream()
            .filter(form -> form.info().name().equals("order"))
            .findFirst()
            .orElseThrow();
    assertThat(order.arguments())
        .extracting(argument ->
            argument.field().name() + " " + argument.field().kind() + " " + argument.style())
        .containsExactly(
            "what TEXT QUOTED",
            "count NUMBER WORD",
            "size CHOICE WORD",
            "note TEXT REST",
            "urgent CONFIRM SWITCH");
    List<FormField> fields = order.form().orElseThrow().fields();
    assertThat(fields).extracting(FormField::label).startsWith("What to order", "count");
    assertThat(fields.get(2).options()).containsExactly("small", "large");
    assertThat(fields)
        .extracting(FormField::preset)
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.of("small"),
            Optional.of("none"),
            Optional.of("false"));
  }

  @Test
  void one_command_is_looked_up_by_its_name() {
    bot.settle();
    assertThat(ann.looksFor("order")).isInstanceOf(CommandLookup.Found.class);
    assertThat(ann.looksFor("secret"))
        .isInstanceOfSatisfying(
            CommandLookup.NotAllowed.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith("You may not do that: it takes the permission secret."));
    assertThat(ann.looksFor("nonsense")).isInstanceOf(CommandLookup.Unknown.class);
  }

  @Test
  void a_filled_in_form_becomes_the_line_that_a_person_would_type() {
    bot.settle();
    CommandForm order =
        ann.offered().stream()
            .filter(form -> form.info().name().equals("order"))
            .findFirst()
            .orElseThrow();
    assertThat(order.line(Map.of("what", "a \"wise\" owl", "count", "2", "urgent", "true")))
        .isEqualTo("order \"a \\\"wise\\\" owl\" 2 small none --urgent");
    assertThatThrownBy(() -> order.line(Map.of("what", "owl"))).hasMessage("count is missing");
    assertThatThrownBy(() -> order.line(Map.of("what", "owl", "count", "2 3")))
        .hasMessage("count must be one word");
    ann.calls(order.line(Map.of("what", "a \"wise\" owl", "count", "2", "size", "large")));
    chat.says("2 LARGE a \"wise\" owl (none)");
  }
}
