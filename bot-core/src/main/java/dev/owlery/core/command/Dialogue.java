package dev.owlery.core.command;

import dev.owlery.api.command.Answers;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MessagePosted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the fields of a form in words, one after the other, and reads the answers. Belongs to the
 * thread that runs the command.
 *
 * @param replies where the questions are said
 * @param asking waits for the answers
 * @param selfName what the bot is called in the conversation
 */
record Dialogue(Replies replies, AnswerWaiter asking, String selfName) {

  Answers ask(Form form) {
    replies.finish();
    Map<String, String> answers = new LinkedHashMap<>();
    boolean titled = form.fields().size() > 1 || !form.title().equals(form.fields().get(0).label());
    if (titled && !form.title().isBlank()) {
      replies.sayAnyway(form.title());
    }
    for (FormField field : form.fields()) {
      answers.put(field.name(), ask(field));
    }
    replies.startAnew();
    return new Answers(answers);
  }

  private String ask(FormField field) {
    replies.sayAnyway(FieldReader.question(field));
    for (int tries = 1; ; tries++) {
      String text = asking.next(CallContext.ExpectedAnswer.WORDS, this::words);
      if (text.equalsIgnoreCase("cancel")) {
        throw AnswerWaiter.cancelled();
      }
      Optional<String> answer = FieldReader.read(field, text);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (tries == AnswerWaiter.TRIES) {
        throw AnswerWaiter.tooOften();
      }
      replies.sayAnyway(FieldReader.hint(field));
    }
  }

  /** What the caller said; empty if it was an automatic answer, or somebody else. */
  Optional<String> words(ChatEvent event) {
    return event instanceof MessagePosted message
            && !message.tone().isFinal()
            && asking.isFromCaller(message.sender(), message.content().text().plain())
        ? Optional.of(AddressedText.answer(message.content().text().plain(), selfName))
        : Optional.empty();
  }
}
