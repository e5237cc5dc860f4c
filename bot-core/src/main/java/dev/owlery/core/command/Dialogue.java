package dev.owlery.core.command;

import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.command.Form;
import dev.owlery.api.command.FormField;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.core.permission.Audit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the fields of a form one after the other and reads the answers. Belongs to the thread that
 * runs the command.
 */
final class Dialogue {

  private static final int TRIES = 3;

  private final Replies replies;
  private final CallHost host;
  private final MessagePosted call;
  private final String selfName;
  private final Duration patience;
  private final InstantSource clock;

  Dialogue(
      Replies replies,
      CallHost host,
      MessagePosted call,
      String selfName,
      Duration patience,
      InstantSource clock) {
    this.replies = replies;
    this.host = host;
    this.call = call;
    this.selfName = selfName;
    this.patience = patience;
    this.clock = clock;
  }

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
      String text = await();
      if (text.equalsIgnoreCase("cancel")) {
        throw new CommandException("Cancelled.");
      }
      Optional<String> answer = FieldReader.read(field, text);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (tries == TRIES) {
        throw new CommandException("Cancelled: that was no answer either.");
      }
      replies.sayAnyway(FieldReader.hint(field));
    }
  }

  /**
   * The caller's next message. What cannot be the answer is passed over, but not waited for anew.
   */
  private String await() {
    Instant deadline = clock.instant().plus(patience);
    Duration left = patience;
    while (left.isPositive()) {
      Optional<MessagePosted> next = next(left);
      if (next.isEmpty()) {
        break;
      }
      MessagePosted message = next.get();
      if (message.tone() != Tone.NOTICE && isFromCaller(message)) {
        return Addressed.answer(message.content().text().plain(), selfName);
      }
      left = Duration.between(clock.instant(), deadline);
    }
    throw new CommandException("Cancelled: there was no answer within " + words(patience) + ".");
  }

  private Optional<MessagePosted> next(Duration left) {
    try {
      return host.awaitMessage(left);
    } catch (InterruptedException e) {
      // Whoever stops the call looks at the flag.
      Thread.currentThread().interrupt();
      throw new CommandException("Cancelled: I have to stop now.");
    }
  }

  /** A nick may be somebody else's by now; then the network vouches for another, or for nobody. */
  private boolean isFromCaller(MessagePosted message) {
    Member caller = call.sender();
    Member answering = message.sender();
    if (answering.identity().equals(caller.identity())
        && (caller.identity().isPresent() || answering.handle().equals(caller.handle()))) {
      return true;
    }
    Audit.refused(
        answering,
        message.where(),
        "answer",
        message.content().text().plain(),
        "the question was for " + caller.identity().map(Object::toString).orElse(caller.handle()));
    return false;
  }

  private static String words(Duration time) {
    String words = time.toString().substring(2).toLowerCase(Locale.ROOT);
    return words.replaceAll("(?<=[hm])(?=\\d)", " ");
  }
}
