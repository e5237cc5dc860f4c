package dev.owlery.launcher;

import com.typesafe.config.ConfigUtil;
import dev.owlery.launcher.Ending.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The questions of {@code owlery init}. An empty answer, or the end of input, takes the default.
 */
final class Interview {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern WORD = Pattern.compile("[^\\s\\p{C},]+");
  private static final int ATTEMPTS = 5;

  private final BufferedReader in;
  private final PrintWriter out;

  Interview(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  /**
   * What came of it.
   *
   * @param configuration a whole file
   * @param variables the environment variables that it refers to, each with a stand-in
   */
  record Result(String configuration, Map<String, String> variables) {}

  Result ask() throws IOException {
    String name = question("What is the bot called?", "owl", WORD);
    Map<String, String> variables = new LinkedHashMap<>();
    StringBuilder accounts = new StringBuilder();
    if (yes("Shall it be on an IRC network?")) {
      accounts.append(irc(name, variables));
    }
    if (accounts.isEmpty() || yes("Shall it also chat in this terminal?")) {
      accounts.append("  here { protocol = console, nick = ").append(quoted(name)).append(" }\n");
    }
    String text =
        """
        # Written by `owlery init`. bot.conf.example shows everything that can be set.
        bot { name = %s }

        accounts {
        %s}

        plugins = [ help, echo, uptime, poll, admin ]
        """
            .formatted(quoted(name), accounts);
    return new Result(text, variables);
  }

  private String irc(String bot, Map<String, String> variables) throws IOException {
    String account = question("What do you call this network?", "libera", NAME);
    String host = question("Its server?", "irc.libera.chat", WORD);
    boolean local = host.equals("localhost") || host.equals("127.0.0.1");
    boolean tls = !local || yes("Does it want TLS?");
    String port = question("Its port?", tls ? "6697" : "6667", Pattern.compile("[0-9]{1,5}"));
    String nick = question("The bot's nick there?", bot, WORD);
    String rooms =
        Arrays.stream(
                answer("Rooms to join (with blanks between)?", "", a -> true).split("\\s+", -1))
            .filter(Predicate.not(String::isEmpty))
            .map(Interview::quoted)
            .collect(Collectors.joining(", "));
    String user = answer("Its services account (empty for none)?", "", a -> !a.contains(" "));
    StringBuilder block = new StringBuilder("  " + account + " {\n    protocol = irc\n");
    block.append("    host = ").append(quoted(host)).append("\n    port = ").append(port);
    block.append(tls ? "\n" : "\n    tls = off\n");
    block.append("    nick = ").append(quoted(nick)).append('\n');
    if (!user.isEmpty()) {
      String variable =
          "OWLERY_" + account.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD";
      variables.put(variable, "-");
      block.append("    sasl { user = ").append(quoted(user));
      block.append(", password = ${?").append(variable).append("} }\n");
    }
    return block.append("    rooms = [ ").append(rooms).append(" ]\n  }\n").toString();
  }

  private static String quoted(String text) {
    return ConfigUtil.quoteString(text);
  }

  private boolean yes(String question) throws IOException {
    return answer(question + " (yes/no)", "yes", a -> a.matches("(?i)y|yes|n|no"))
        .toLowerCase(Locale.ROOT)
        .startsWith("y");
  }

  private String question(String question, String standard, Pattern fit) throws IOException {
    return answer(question, standard, answer -> fit.matcher(answer).matches());
  }

  private String answer(String question, String standard, Predicate<String> fit)
      throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      out.print(question + (standard.isEmpty() ? " " : " [" + standard + "] "));
      out.flush();
      String line = in.readLine();
      if (line == null) {
        out.println();
      }
      if (line == null || line.isBlank()) {
        return standard;
      }
      if (fit.test(line.strip())) {
        return line.strip();
      }
      out.println("That does not fit.");
    }
    throw new Failure(Ending.WRONG, "No answer fitted; nothing was written.");
  }
}
