package dev.owlery.launcher;

import com.typesafe.config.ConfigUtil;
import dev.owlery.launcher.Ending.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{C}@/]+@[^\\s\\p{C}@/]+");
  private static final int ATTEMPTS = 5;

  /** The identities of whoever answers, as the configuration writes them. */
  private final List<String> administrator = new ArrayList<>();

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
    if (yes("Shall it be on XMPP (Jabber)?", "no")) {
      accounts.append(xmpp(variables));
    }
    if (yes("Shall it be on Slack?", "no")) {
      accounts.append(slack(variables));
    }
    if (accounts.isEmpty() || yes("Shall it also chat in this terminal?")) {
      administrator.add("here/console:local");
      accounts.append("  here { protocol = console, nick = ").append(quoted(name)).append(" }\n");
    }
    String text =
        """
        # Written by `owlery init`. bot.conf.example shows everything that can be set.
        bot { name = %s }

        accounts {
        %s}

        plugins = [ help, echo, uptime, poll, admin ]

        # You, by what the networks vouch for: !whoami tells what that is. `owlery admin` needs none of it.
        permissions {
          persons { administrator = [ %s ] }
          roles { admin = [ administrator ] }
          grants { admin = [ "*" ], everyone = [ view ] }
        }
        """
            .formatted(
                quoted(name),
                accounts,
                administrator.stream().map(Interview::quoted).collect(Collectors.joining(", ")));
    return new Result(text, variables);
  }

  private String irc(String bot, Map<String, String> variables) throws IOException {
    String account = question("What do you call this network?", "libera", NAME);
    String host = question("Its server?", "irc.libera.chat", WORD);
    boolean local = host.equals("localhost") || host.equals("127.0.0.1");
    boolean tls = !local || yes("Does it want TLS?");
    String port = question("Its port?", tls ? "6697" : "6667", Pattern.compile("[0-9]{1,5}"));
    String nick = question("The bot's nick there?", bot, WORD);
    String rooms = rooms("Rooms to join, like #owls (with blanks between)?");
    String user = answer("Its services account (empty for none)?", "", a -> !a.contains(" "));
    ask(
        "Your own services account there, to be the bot's administrator (as /msg NickServ INFO"
            + " shows it; empty if there are no services)?",
        account + "/account:");
    StringBuilder block = new StringBuilder("  " + account + " {\n    protocol = irc\n");
    block.append("    host = ").append(quoted(host)).append("\n    port = ").append(port);
    block.append(tls ? "\n" : "\n    tls = off\n");
    block.append("    nick = ").append(quoted(nick)).append('\n');
    if (!user.isEmpty()) {
      block.append("    sasl { user = ").append(quoted(user)).append(", password = ");
      block.append(secret(account, "PASSWORD", "-", variables)).append(" }\n");
    }
    return block.append("    rooms = [ ").append(rooms).append(" ]\n  }\n").toString();
  }

  private String xmpp(Map<String, String> variables) throws IOException {
    String account = question("What do you call this network?", "home", NAME);
    String jid = question("The bot's address there?", "owl@example.org", ADDRESS);
    String rooms = rooms("Rooms to join, like ops@conference.example.org (with blanks between)?");
    ask(
        "Your own address there, to be the bot's administrator (like alice@example.org; empty for"
            + " none)?",
        account + "/");
    return """
      %s {
        protocol = xmpp
        jid = %s, password = %s
        rooms = [ %s ]
      }
    """
        .formatted(account, quoted(jid), secret(account, "PASSWORD", "-", variables), rooms);
  }

  private String slack(Map<String, String> variables) throws IOException {
    String account = question("What do you call this workspace?", "work", NAME);
    String rooms = rooms("Channels to join, like #owls (with blanks between)?");
    ask(
        "Your own member id, to be the bot's administrator (in your profile: Copy member ID, like"
            + " U0123ABCD; empty for none)?",
        account + "/");
    return """
      %s {
        protocol = slack
        bot-token = %s, app-token = %s
        rooms = [ %s ]
      }
    """
        .formatted(
            account,
            secret(account, "BOT_TOKEN", "xoxb-", variables),
            secret(account, "APP_TOKEN", "xapp-", variables),
            rooms);
  }

  private void ask(String question, String before) throws IOException {
    String identity = answer(question, "", a -> !a.contains(" "));
    if (!identity.isEmpty()) {
      administrator.add(before + identity);
    }
  }

  private String rooms(String question) throws IOException {
    return Arrays.stream(answer(question, "", a -> true).split("\\s+", -1))
        .filter(Predicate.not(String::isEmpty))
        .map(Interview::quoted)
        .collect(Collectors.joining(", "));
  }

  private static String secret(
      String account, String what, String standIn, Map<String, String> variables) {
    String variable = "OWLERY_" + account.toUpperCase(Locale.ROOT).replace('-', '_') + "_" + what;
    variables.put(variable, standIn);
    return "${?" + variable + "}";
  }

  private static String quoted(String text) {
    return ConfigUtil.quoteString(text);
  }

  private boolean yes(String question) throws IOException {
    return yes(question, "yes");
  }

  private boolean yes(String question, String standard) throws IOException {
    return answer(question + " (yes/no)", standard, a -> a.matches("(?i)y|yes|n|no"))
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
