package dev.owlery.core.command;

import dev.owlery.api.content.Card;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what a command has returned: each element of a stream is a message and a unit of work of its
 * own. Belongs to the thread that runs the command.
 *
 * @param replies where it is said
 * @param host commits
 */
record CommandResult(Replies replies, CallContext host) {

  /**
   * Says it.
   *
   * @param value what the command returned
   * @throws Throwable what a stream or a stage fails with
   */
  void say(@Nullable Object value) throws Throwable {
    switch (value) {
      case null -> {
        // Nothing was returned, so there is nothing to say.
      }
      case String text -> replies.say(Content.of(text));
      case Text text -> replies.say(Content.of(text));
      case Content content -> replies.say(content);
      case Card card -> replies.say(Content.of(card));
      case Optional<?> maybe -> say(maybe.orElse(null));
      case CompletionStage<?> stage -> say(await(stage));
      case Stream<?> stream -> {
        try (stream) {
          each(stream.iterator());
        }
      }
      case Iterable<?> several -> each(several.iterator());
      default ->
          throw new IllegalArgumentException(
              "a command cannot answer with a " + value.getClass().getName());
    }
  }

  private void each(Iterator<?> values) throws Throwable {
    while (!replies.isFull() && values.hasNext()) {
      say(values.next());
      host.commit();
    }
  }

  private static @Nullable Object await(CompletionStage<?> stage) throws Throwable {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }
}
