package dev.owlery.launcher.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a running bot for something, over its control socket. Belongs to one thread. */
public final class ControlClient {

  private final Path directory;

  /**
   * A client of one bot.
   *
   * @param directory the bot's data directory
   */
  public ControlClient(Path directory) {
    this.directory = directory;
  }

  /** Whoever sits before the client. */
  public interface ClientTerminal {

    /**
     * Shows what the bot says.
     *
     * @param text one or more lines
     */
    void hears(String text);

    /**
     * Shows what is wrong.
     *
     * @param text one line
     */
    void isTold(String text);

    /**
     * Asks for a line.
     *
     * @param question what to show before it
     * @return the line; empty if there will be none
     * @throws IOException if it cannot be read
     */
    Optional<String> answers(String question) throws IOException;
  }

  /**
   * Asks, and shows what comes until the bot is done.
   *
   * @param request its verb and what belongs to it
   * @param person is shown the answers, and asked the bot's questions
   * @return the exit code that the bot names: 0 fine, 2 not understood, 1 anything else
   * @throws IOException if the bot cannot be reached, or stops talking
   */
  public int ask(Map<String, ?> request, ClientTerminal person) throws IOException {
    try (ControlConnection bot =
        new ControlConnection(
            SocketChannel.open(UnixDomainSocketAddress.of(ControlSocket.in(directory))))) {
      StringBuilder said = new StringBuilder();
      bot.send(request);
      while (true) {
        Map<String, Object> line = bot.receive(ControlConnection.PATIENCE);
        if (line.get("end") instanceof Number code) {
          return code.intValue();
        }
        if (line.get("say") instanceof String text) {
          said.append(text);
          if (!line.containsKey("continues")) {
            person.hears(said.toString());
            said.setLength(0);
          }
        }
        if (line.get("error") instanceof String text) {
          person.isTold(text);
        }
        if (line.get("ask") instanceof String title) {
          bot.send(answer(title, line.get("fields"), person));
        }
      }
    }
  }

  private static Map<String, Object> answer(
      String title, @Nullable Object fields, ClientTerminal person) throws IOException {
    List<Map<?, ?>> all = new ArrayList<>();
    if (fields instanceof List<?> list) {
      list.forEach(each -> {
        if (each instanceof Map<?, ?> field) {
          all.add(field);
        }
      });
    }
    if (all.size() != 1 || !title.equals(all.getFirst().get("label"))) {
      person.hears(title);
    }
    Map<String, String> answers = new HashMap<>();
    for (Map<?, ?> field : all) {
      Optional<String> answer = person.answers(question(field));
      if (answer.isEmpty()) {
        return Map.of("cancel", true);
      }
      answers.put(String.valueOf(field.get("name")), answer.get());
    }
    return Map.of("answer", answers);
  }

  private static String question(Map<?, ?> field) {
    StringBuilder question = new StringBuilder(String.valueOf(field.get("label")));
    if (field.get("options") instanceof List<?> options) {
      for (int i = 0; i < options.size(); i++) {
        question.append(' ').append(i + 1).append(") ").append(options.get(i));
      }
    }
    if ("CONFIRM".equals(field.get("kind"))) {
      question.append(" (yes/no)");
    }
    if (field.get("preset") instanceof String preset && !preset.isEmpty()) {
      question.append(" [").append(preset).append(']');
    }
    return question.append(' ').toString();
  }
}
