package dev.owlery.launcher;

import com.typesafe.config.ConfigUtil;
import dev.owlery.launcher.ExitCodes.StartFailure;
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
final class InitWizard {

  private static final AnswerFormat NAME =
      AnswerFormat.of("[a-z0-9][a-z0-9_-]{0,63}", "a name of a-z, 0-9, - and _, like libera");
  private static final AnswerFormat WORD = AnswerFormat.of("[^\\s\\p{C},]+", "one word, like owl");
  private static final AnswerFormat NICK =
      AnswerFormat.of(
          "[^\\s\\p{C},:#&@!*?.$0-9-][^\\s\\p{C},:@!*?.]*",
          "one word that begins with a letter, like owl");
  private static final AnswerFormat HOST =
      AnswerFormat.of(
          "[\\p{Alnum}_-]+(\\.[\\p{Alnum}_-]+)*\\.?|[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*",
          "the server's name alone, like irc.libera.chat; its port is asked for next");
  private static final AnswerFormat PORT =
      new AnswerFormat(InitWizard::isPort, "a number from 1 to 65535");
  private static final AnswerFormat ADDRESS =
      AnswerFormat.of("[^\\s\\p{C}@/]+@[^\\s\\p{C}@/]+", "an address like owl@example.org");
  private static final AnswerFormat NO_BLANK = AnswerFormat.of("\\S*", "one word");
  private static final AnswerFormat YES_OR_NO = AnswerFormat.of("(?i)y|yes|n|no", "yes or no");
  private static final AnswerFormat IRC_ROOMS =
      AnswerFormat.each("[#&+!][^\\s,:\\p{C}]+", "channels with their sign, like #owls #birds");
  private static final AnswerFormat XMPP_ROOMS =
      AnswerFormat.each(
          "[^\\s\\p{C}@/]+@[^\\s\\p{C}@/]+", "addresses like ops@conference.example.org");
  private static final AnswerFormat SLACK_ROOMS =
      AnswerFormat.each(
          "#[\\p{L}\\p{M}\\p{N}_-]{1,80}", "channels with their #, like #owls #birds");
  private static final AnswerFormat SLACK_MEMBER =
      AnswerFormat.of("[UW][A-Z0-9]{2,30}", "a member id like U0123ABCD, which is not the name");
  private static final int ATTEMPTS = 5;

  /**
   * Which answers fit.
   *
   * @param fits whether one does
   * @param example what does, with an example
   */
  private record AnswerFormat(Predicate<String> fits, String example) {

    static AnswerFormat of(String pattern, String example) {
      Predicate<String> matches = Pattern.compile(pattern).asMatchPredicate();
      return new AnswerFormat(matches, example);
    }

    /** Any number of words, each of which fits. */
    static AnswerFormat each(String pattern, String example) {
      Predicate<String> matches = Pattern.compile(pattern).asMatchPredicate();
      return new AnswerFormat(
          answer -> Arrays.stream(answer.strip().split("\\s+", -1)).allMatch(matches), example);
    }
  }

  /** The identities of whoever answers, as the configuration writes them. */
  private final List<String> administrator = new ArrayList<>();

  private final BufferedReader in;
  private final PrintWriter out;

  InitWizard(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  /**
   * What came of it.
   *
   * @param configuration a whole file
   * @param variables the environment variables that it refers to, each with a stand-in
   */
  record WizardResult(String configuration, Map<String, String> variables) {}

  WizardResult ask() throws IOException {
    String name = answer("What is the bot called, like owl?", "owl", WORD);
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
                administrator.stream().map(InitWizard::quoted).collect(Collectors.joining(", ")));
    return new WizardResult(text, variables);
  }

  private String irc(String bot, Map<String, String> variables) throws IOException {
    String account = answer("What do you call this network, like libera?", "libera", NAME);
    String host = answer("Its server, like irc.libera.chat?", "irc.libera.chat", HOST);
    boolean local = host.equals("localhost") || host.equals("127.0.0.1");
    boolean tls = !local || yes("Does it want TLS?");
    String port = answer("Its port" + (tls ? " for TLS?" : "?"), tls ? "6697" : "6667", PORT);
    String nick = answer("The bot's nick there, like owl?", bot, NICK);
    String rooms = rooms("Rooms to join, like #owls (with blanks between)?", IRC_ROOMS);
    String user = answer("The bot's services account, like owl (empty for none)?", "", NO_BLANK);
    ask(
        "Your own services account there, to be the bot's administrator (as /msg NickServ INFO"
            + " shows it; empty if there are no services)?",
        account + "/account:",
        NO_BLANK);
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
    String account = answer("What do you call this network, like home?", "home", NAME);
    String jid =
        answer("The bot's address there, like owl@example.org?", "owl@example.org", ADDRESS);
    String rooms =
        rooms("Rooms to join, like ops@conference.example.org (with blanks between)?", XMPP_ROOMS);
    ask(
        "Your own address there, to be the bot's administrator (like alice@example.org; empty for"
            + " none)?",
        account + "/",
        ADDRESS);
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
    String account = answer("What do you call this workspace, like work?", "work", NAME);
    String rooms = rooms("Channels to join, like #owls (with blanks between)?", SLACK_ROOMS);
    ask(
        "Your own member id, to be the bot's administrator (in your profile: Copy member ID, like"
            + " U0123ABCD; empty for none)?",
        account + "/",
        SLACK_MEMBER);
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

  private void ask(String question, String before, AnswerFormat form) throws IOException {
    String identity = answer(question, "", form);
    if (!identity.isEmpty()) {
      administrator.add(before + identity);
    }
  }

  private String rooms(String question, AnswerFormat form) throws IOException {
    return Arrays.stream(answer(question, "", form).split("\\s+", -1))
        .filter(Predicate.not(String::isEmpty))
        .map(InitWizard::quoted)
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
    return answer(question + " (yes/no)", standard, YES_OR_NO)
        .toLowerCase(Locale.ROOT)
        .startsWith("y");
  }

  private static boolean isPort(String answer) {
    return answer.matches("[0-9]{1,5}")
        && Integer.parseInt(answer) >= 1
        && Integer.parseInt(answer) <= 65_535;
  }

  private String answer(String question, String standard, AnswerFormat form) throws IOException {
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
      if (form.fits().test(line.strip())) {
        return line.strip();
      }
      out.println("That does not fit; what does is " + form.example() + ".");
    }
    throw new StartFailure(ExitCodes.WRONG, "No answer fitted; nothing was written.");
  }
}
