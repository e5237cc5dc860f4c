package dev.owlery.adapter.irc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines before the welcome that the library does not handle as we need it: capability lists of
 * several lines, nicks in use, refusals. For the thread that reads the connection.
 */
final class Registration {
  private static final int MOST_UNDERSCORES = 4;

  /** RFC 1459 section 1.2: every server takes so many letters. */
  private static final int SHORTEST_LIMIT = 9;

  private static final Pattern TOO_LONG = Pattern.compile("(?i)long|length|max|characters|chars");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

  private final IrcSettings settings;
  private final SessionFacts facts;
  private final Consumer<OutboundLine> out;
  private final List<String> offered = new ArrayList<>();
  private final Set<String> nicksTried = new HashSet<>();
  private String nick;
  private int next;
  private boolean isPerhapsTooLong;
  private int longest = Integer.MAX_VALUE;

  Registration(IrcSettings settings, SessionFacts facts, Consumer<OutboundLine> out) {
    this.settings = settings;
    this.facts = facts;
    this.out = out;
    nick = settings.nick();
  }

  /**
   * A line before the welcome.
   *
   * @param line the line
   * @return what the library should make of it; empty for nothing
   * @throws IOException if the server refuses us
   */
  Optional<IrcLine> line(IrcLine line) throws IOException {
    return switch (line.verb()) {
      case "CAP" -> capabilities(line);
      case "433", "432", "436", "437" -> {
        learnLength(line);
        out.accept(OutboundLine.of("NICK", nextNick()));
        yield Optional.empty();
      }
      case "439" -> Optional.empty(); // please wait
      case "464" -> throw new LoginRefusedException("the server refuses the password");
      case "465" -> throw new IOException("banned: " + IrcErrorText.line(line.text()));
      case "900" -> {
        facts.account(Optional.of(line.param(2)));
        yield Optional.empty();
      }
      case "AUTHENTICATE", "001" -> Optional.of(line);
      default -> isNumericFrom400(line) ? Optional.of(line) : Optional.empty();
    };
  }

  /** The nick that was asked for last. */
  String nick() {
    return nick;
  }

  private static boolean isNumericFrom400(IrcLine line) {
    return line.verb().matches("[4-9][0-9][0-9]");
  }

  /** Puts the lines of one list together; only the last has no star behind LS. */
  private Optional<IrcLine> capabilities(IrcLine line) {
    if (!line.param(1).equals("LS")) {
      return Optional.of(line);
    }
    offered.add(line.text().trim());
    boolean more = line.params().size() > 3 && line.param(2).equals("*");
    if (more) {
      return Optional.empty();
    }
    List<String> whole = List.of(line.param(0), "LS", String.join(" ", offered));
    offered.clear();
    return Optional.of(new IrcLine(line.tags(), line.source(), line.verb(), whole));
  }

  /** A server cuts what is too long, and shows it cut when it refuses it, or says so in words. */
  private void learnLength(IrcLine line) {
    String refused = line.param(1);
    String asked = nick;
    nicksTried.add(asked);
    if (!refused.isEmpty() && refused.length() < asked.length() && asked.startsWith(refused)) {
      limit(refused.length());
      nicksTried.add(refused);
    } else if (asked.length() > SHORTEST_LIMIT) {
      isPerhapsTooLong = true; // some cut it without a word, and then it is in use
      if (line.verb().equals("432") && TOO_LONG.matcher(line.text()).find()) {
        Matcher most = NUMBER.matcher(line.text());
        int said = most.find() ? Integer.parseInt(most.group()) : SHORTEST_LIMIT;
        limit(said >= SHORTEST_LIMIT && said < asked.length() ? said : SHORTEST_LIMIT);
      }
    }
  }

  private void limit(int length) {
    if (length < longest) {
      longest = length;
      facts.longestNick(length);
      next = 0;
    }
  }

  /** The alternatives in turn, then the nick with ever more underscores. */
  private String nextNick() throws IOException {
    if (findNick()) {
      return nick;
    }
    if (isPerhapsTooLong) {
      limit(SHORTEST_LIMIT);
      if (findNick()) {
        return nick;
      }
    }
    throw new IOException(
        "all nicks are in use or not allowed"
            + (longest == Integer.MAX_VALUE ? "" : ", with " + longest + " letters at most")
            + ": set alternative-nicks to others");
  }

  private boolean findNick() {
    List<String> alternatives = settings.alternativeNicks();
    while (next <= alternatives.size() + MOST_UNDERSCORES) {
      int tried = next++;
      nick =
          tried < alternatives.size()
              ? cut(alternatives.get(tried), "")
              : cut(settings.nick(), "_".repeat(tried - alternatives.size()));
      if (nicksTried.add(nick)) {
        return true;
      }
    }
    return false;
  }

  /** A nick that stays different from others when the server cuts it. */
  private String cut(String base, String end) {
    int most = Math.max(1, longest - end.length());
    return (base.length() > most ? base.substring(0, most) : base) + end;
  }
}
