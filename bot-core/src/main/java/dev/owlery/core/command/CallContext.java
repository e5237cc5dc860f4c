package dev.owlery.core.command;

import dev.owlery.api.action.EndCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.ChatEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a lane gives to a command that it runs. Belongs to the thread that runs the command. */
public interface CallContext {

  /**
   * Adds a message to what the command does, in the conversation of the call.
   *
   * @param content what to say
   */
  void reply(Content content);

  /**
   * Adds a form to what the command does, for the caller to fill in.
   *
   * @param question names the question
   * @param form what to ask
   */
  void show(String question, Form form);

  /**
   * Notes that the command does not do what it is for. What is wrong is said besides.
   *
   * @param why for the end of the call
   */
  void fails(EndCall.Failure why);

  /** Forgets what the command has said, done and stored since its last commit. */
  void discard();

  /**
   * Commits what the command has done so far, together with the mark that its event is done. The
   * rest becomes a unit of its own.
   */
  void commit();

  /**
   * Commits, lets the lane go on with other events, and waits for an answer. When it comes, that
   * event is consumed: it is the answer, not a command. The calling thread then holds the lane
   * again.
   *
   * @param awaited what counts as an answer
   * @param patience how long to wait at most, by the bot's clock
   * @return a {@code MessagePosted} or a {@code FormAnswered}; empty when time is up
   * @throws InterruptedException if the plugin is unloaded or the bot stops
   */
  Optional<ChatEvent> await(ExpectedAnswer awaited, Duration patience) throws InterruptedException;

  /**
   * The messages that a content becomes on the network of the call. Pure and quick.
   *
   * @param content what a command would say
   * @return at least one, in the order in which they would leave; the content itself if it fits
   */
  List<Content> divide(Content content);

  /**
   * What counts as an answer; at least one of the two.
   *
   * @param words whether the caller's next message in the conversation does
   * @param question the form whose answer does
   */
  record ExpectedAnswer(boolean words, Optional<String> question) {

    /** The caller's next message. */
    static final ExpectedAnswer WORDS = new ExpectedAnswer(true, Optional.empty());
  }
}
