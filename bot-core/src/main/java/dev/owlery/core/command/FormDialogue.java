package dev.owlery.core.command;

import dev.owlery.api.command.Answers;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.FormAnswered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks all fields of a form at once, as the network shows forms, and checks what comes back. A form
 * of one field may be answered in words too, if the command was called in words. Belongs to the
 * thread that runs the command.
 *
 * @param replies where hints are said
 * @param host shows the form
 * @param asking waits for the answers
 * @param dialogue reads answers in words
 * @param inWords whether words count
 */
record FormDialogue(
    Replies replies, CallContext host, AnswerWaiter asking, Dialogue dialogue, boolean inWords) {

  Answers ask(Form form) {
    replies.finish();
    String question = UUID.randomUUID().toString();
    boolean words = inWords && form.fields().size() == 1;
    CallContext.ExpectedAnswer awaited =
        new CallContext.ExpectedAnswer(words, Optional.of(question));
    for (int tries = 1; ; tries++) {
      host.show(question, form);
      Map<String, String> given = asking.next(awaited, event -> read(form, event));
      Map<String, String> answers = new LinkedHashMap<>();
      List<FormField> wrong = new ArrayList<>();
      for (FormField field : form.fields()) {
        FieldReader.read(field, TypedText.strip(given.getOrDefault(field.name(), "")))
            .ifPresentOrElse(answer -> answers.put(field.name(), answer), () -> wrong.add(field));
      }
      if (wrong.isEmpty()) {
        replies.startAnew();
        return new Answers(answers);
      }
      if (tries == AnswerWaiter.TRIES) {
        throw AnswerWaiter.tooOften();
      }
      wrong.forEach(field -> replies.sayAnyway(field.label() + ": " + FieldReader.hint(field)));
    }
  }

  private Optional<Map<String, String>> read(Form form, ChatEvent event) {
    if (event instanceof FormAnswered answered) {
      if (!asking.isFromCaller(answered.who(), answered.values().toString())) {
        return Optional.empty();
      }
      if (answered.cancelled()) {
        throw AnswerWaiter.cancelled();
      }
      return Optional.of(answered.values());
    }
    Optional<String> text = dialogue.words(event);
    if (text.filter("cancel"::equalsIgnoreCase).isPresent()) {
      throw AnswerWaiter.cancelled();
    }
    return text.map(words -> Map.of(form.fields().getFirst().name(), words));
  }
}
