package dev.owlery.core.command;

import dev.owlery.api.content.Content;
import dev.owlery.api.event.MessagePosted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A lane that writes down what a command does, and whose network takes one line a message. */
final class FakeLane implements CallHost {

  final List<Content> said = new ArrayList<>();
  final List<Duration> waits = new ArrayList<>();
  final Deque<MessagePosted> answers = new ArrayDeque<>();
  int commits;
  private int committed;
  boolean isStopping;

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
  public void discard() {
    said.subList(committed, said.size()).clear();
  }

  @Override
  public Optional<MessagePosted> awaitMessage(Duration patience) throws InterruptedException {
    committed = said.size();
    if (isStopping) {
      throw new InterruptedException();
    }
    waits.add(patience);
    return Optional.ofNullable(answers.poll());
  }

  @Override
  public List<Content> divide(Content content) {
    return content.plain().lines().map(Content::of).toList();
  }
}
