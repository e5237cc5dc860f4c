package dev.owlery.core.command;

import dev.owlery.api.action.EndCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.FormAnswered;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A lane that writes down what a command does, and whose network takes one line a message. */
final class FakeLane implements CallContext {

  final List<Content> said = new ArrayList<>();
  final List<Duration> waits = new ArrayList<>();
  final Deque<ChatEvent> answers = new ArrayDeque<>();
  final List<Shown> shown = new ArrayList<>();
  int commits;
  private int committed;
  boolean isStopping;

  /** A form that a command has shown. */
  record Shown(String question, Form form) {}

  List<String> lines() {
    return said.stream().map(Content::plain).toList();
  }

  @Override
  public void reply(Content content) {
    said.add(content);
  }

  @Override
  public void commit() {
    commits++;
    committed = said.size();
  }

  @Override
  public void fails(EndCall.Failure why) {
    // The conversation does not show it.
  }

  @Override
  public void discard() {
    said.subList(committed, said.size()).clear();
  }

  @Override
  public void show(String question, Form form) {
    shown.add(new Shown(question, form));
  }

  @Override
  public Optional<ChatEvent> await(ExpectedAnswer awaited, Duration patience)
      throws InterruptedException {
    committed = said.size();
    if (isStopping) {
      throw new InterruptedException();
    }
    waits.add(patience);
    return Optional.ofNullable(answers.poll()).map(this::toTheLastForm);
  }

  private ChatEvent toTheLastForm(ChatEvent event) {
    return event instanceof FormAnswered answer
        ? new FormAnswered(
            answer.origin(),
            answer.where(),
            answer.who(),
            shown.getLast().question(),
            answer.values(),
            answer.cancelled())
        : event;
  }

  @Override
  public List<Content> divide(Content content) {
    return content.plain().lines().map(Content::of).toList();
  }
}
