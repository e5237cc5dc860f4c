package dev.owlery.api.command;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.Origin;
import java.util.List;
import java.util.Optional;

/**
 * One call of a command by somebody. Belongs to the thread that runs the command and ends with it.
 *
 * <p>What the command says, by returning it, by {@link #reply} or by the {@code Bot}, leaves when
 * the command returns or waits in an {@code ask}, all of it at once; a crash before that leaves
 * nothing behind, and the call is run again after the restart.
 */
public interface CommandCall {

  /**
   * Who calls.
   *
   * @return as the network showed them at that moment
   */
  Member caller();

  /**
   * The person behind the caller's verified identity, by the configuration's {@code
   * permissions.persons}.
   *
   * @return the person's name; empty for everybody else
   */
  Optional<String> person();

  /**
   * Where it was called, and where the answer goes.
   *
   * @return the conversation
   */
  Conversation where();

  /**
   * The event that called it.
   *
   * @return its key, time and delivery
   */
  Origin origin();

  /**
   * The command line as it was read, without prefix or mention.
   *
   * @return for example {@code echo hello}
   */
  String input();

  /**
   * Whether the caller may do something.
   *
   * @param permission for example {@code deploy}
   * @return true if a role of theirs was granted it
   */
  boolean permits(String permission);

  /**
   * Says something in the conversation of the call, in addition to what the command returns.
   *
   * @param content what to say
   */
  void reply(Content content);

  /**
   * Says plain text in the conversation of the call.
   *
   * @param text what to say
   */
  default void reply(String text) {
    reply(Content.of(text));
  }

  /**
   * Asks the caller and waits for the answer. What was said so far leaves first. Other messages of
   * the conversation are handled while it waits; when the answer comes, the command goes on in the
   * conversation's order.
   *
   * @param form what to ask
   * @return the answers, checked against the form
   * @throws CommandException if nobody answers in time (the configuration's {@code
   *     limits.ask-timeout}), the caller cancels, or the bot stops; let it pass, the caller is told
   */
  Answers ask(Form form);

  /**
   * Asks the caller for a text.
   *
   * @param question one line
   * @return what they wrote; not blank
   * @throws CommandException as in {@link #ask(Form)}
   */
  default String ask(String question) {
    return ask(Form.of(question, FormField.text("answer", question))).text("answer");
  }

  /**
   * Asks the caller to choose.
   *
   * @param question one line
   * @param options what there is to choose from, at least one
   * @return one of the options
   * @throws CommandException as in {@link #ask(Form)}
   */
  default String ask(String question, List<String> options) {
    return ask(Form.of(question, FormField.choice("answer", question, options))).text("answer");
  }

  /**
   * Asks the caller for a yes or no.
   *
   * @param question one line
   * @return true for yes
   * @throws CommandException as in {@link #ask(Form)}
   */
  default boolean confirm(String question) {
    return ask(Form.of(question, FormField.confirm("answer", question))).yes("answer");
  }
}
