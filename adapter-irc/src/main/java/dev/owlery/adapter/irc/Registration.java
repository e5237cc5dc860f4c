package dev.owlery.adapter.irc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lines before the welcome that the library does not handle as we need it: capability lists of
 * several lines, nicks in use, refusals. For the thread that reads the connection.
 */
final class Registration {
  private final IrcSettings settings;
  private final SessionFacts facts;
  private final Consumer<OutboundLine> out;
  private final List<String> offered = new ArrayList<>();
  private int nicksTried;

  Registration(IrcSettings settings, SessionFacts facts, Consumer<OutboundLine> out) {
    this.settings = settings;
    this.facts = facts;
    this.out = out;
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
        out.accept(OutboundLine.of("NICK", nextNick()));
        yield Optional.empty();
      }
      case "464" -> throw new LoginRefused("the server refuses the password");
      case "465" -> throw new IOException("banned: " + Shown.line(line.text()));
      case "900" -> {
        facts.account(Optional.of(line.param(2)));
        yield Optional.empty();
      }
      case "AUTHENTICATE", "001" -> Optional.of(line);
      default -> isNumericFrom400(line) ? Optional.of(line) : Optional.empty();
    };
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

  /** The alternatives in turn, then the nick with ever more underscores. */
  private String nextNick() throws IOException {
    int tried = nicksTried++;
    if (tried < settings.alternativeNicks().size()) {
      return settings.alternativeNicks().get(tried);
    }
    int underscores = tried - settings.alternativeNicks().size() + 1;
    if (underscores > 4) {
      throw new IOException("all nicks are in use or not allowed");
    }
    return settings.nick() + "_".repeat(underscores);
  }
}
