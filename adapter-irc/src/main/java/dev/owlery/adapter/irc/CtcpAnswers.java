package dev.owlery.adapter.irc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what clients ask each other (CTCP): VERSION, PING and TIME, and nothing else; files are
 * the business of {@link Dcc}. One answer to one host in five seconds, and four to all of them, so
 * that nobody makes the bot flood. For the thread that reads the connection.
 */
final class CtcpAnswers {
  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final int MOST = 4;
  private static final int LONGEST_PING = 100;

  private final Clock clock;
  private final String product;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private final Map<String, Instant> answered = new HashMap<>();

  CtcpAnswers(Clock clock, String product) {
    this.clock = clock;
    this.product = product;
  }

  /**
   * Answers a request.
   *
   * @param sender who asks
   * @param request what stands between the 0x01 signs
   * @return the answer with its signs; empty if there is to be none
   */
  Optional<String> answer(IrcPrefix sender, String request) {
    int space = request.indexOf(' ');
    String verb = (space < 0 ? request : request.substring(0, space)).toUpperCase(Locale.ROOT);
    String rest = space < 0 ? "" : IrcMarkup.plain(request.substring(space + 1));
    Optional<String> answer =
        switch (verb) {
          case "VERSION" -> Optional.of(product);
          case "PING" -> Optional.of(rest.substring(0, Math.min(rest.length(), LONGEST_PING)));
          case "TIME" ->
              Optional.of(
                  DateTimeFormatter.RFC_1123_DATE_TIME.format(
                      clock.instant().atOffset(ZoneOffset.UTC)));
          default -> Optional.empty();
        };
    return answer
        .filter(any -> isAllowed(sender.host()))
        .map(text -> "\u0001" + verb + " " + text + "\u0001");
  }

  private boolean isAllowed(String host) {
    Instant now = clock.instant();
    Instant windowStart = now.minus(WINDOW);
    while (!recent.isEmpty() && recent.peekFirst().isBefore(windowStart)) {
      recent.removeFirst();
    }
    answered.values().removeIf(at -> at.isBefore(windowStart));
    if (recent.size() >= MOST || answered.containsKey(host)) {
      return false;
    }
    recent.addLast(now);
    answered.put(host, now);
    return true;
  }
}
