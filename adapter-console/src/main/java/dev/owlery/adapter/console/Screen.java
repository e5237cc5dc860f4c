package dev.owlery.adapter.console;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where lines come from and answers go to. One thread reads; any may show. Everything shown has
 * been through {@link VisibleText}: text from outside cannot steer a terminal.
 */
interface Screen extends AutoCloseable {

  /**
   * Waits for the next line.
   *
   * @param prompt what invites it, where there is somebody to invite
   * @return the line without its end; empty when there will be no more
   * @throws IOException if the input cannot be read
   */
  Optional<String> readLine(String prompt) throws IOException;

  /**
   * Shows what the bot says, and returns when it has left the process.
   *
   * @param said what to show
   * @throws IOException if nobody can read it
   */
  void show(ScreenMessage said) throws IOException;

  /**
   * Tells the person at the keyboard something that nobody said.
   *
   * @param note lines separated by {@code \n}
   */
  void note(String note);

  @Override
  void close();

  /** Opens the screen; called once, by the thread that will read from it. */
  @FunctionalInterface
  interface Opener {

    /**
     * Opens the screen.
     *
     * @param completer what could stand for the last word of a line
     * @return the open screen
     * @throws IOException if there is none
     */
    Screen open(Function<String, List<String>> completer) throws IOException;
  }

  /**
   * Something that the bot says.
   *
   * @param label which conversation it is in, or empty for the chat with the person at the keyboard
   * @param speaker the bot's name
   * @param content what it says
   * @param tone how
   */
  record ScreenMessage(String label, String speaker, Content content, Tone tone) {

    static ScreenMessage in(
        Conversation where, Conversation home, String speaker, Content content, Tone tone) {
      boolean atHome = where.address().equals(home.address());
      return new ScreenMessage(atHome ? "" : where.room(), speaker, content, tone);
    }
  }
}
