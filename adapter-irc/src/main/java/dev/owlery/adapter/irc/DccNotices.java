package dev.owlery.adapter.irc;

import dev.owlery.spi.BoundedMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells whoever offers a file that it is not taken: their client, by {@code DCC REJECT}, and
 * themselves, in a line with the reason. Anybody can offer, so a nick gets one line a minute, and
 * all of them six. Any thread.
 */
final class DccNotices {
  static final String OFF =
      "files by DCC are switched off here; whoever runs me can set dcc { enabled = true } for this"
          + " account";
  static final String TOO_MANY = "too much is offered at a time, offer it again later";

  private static final int MOST_NICKS = 64;
  private static final int MOST_LINES = 6;
  private static final int LONGEST_NAME = 80;
  private static final Duration PACE = Duration.ofMinutes(1);

  private final Clock clock;
  private final Supplier<Optional<Dcc.DccChannel>> line;

  /** When each nick may be told something again. */
  private final Map<String, Instant> told = BoundedMap.firstInFirstOut(MOST_NICKS);

  private final Deque<Instant> recent = new ArrayDeque<>();

  DccNotices(Clock clock, Supplier<Optional<Dcc.DccChannel>> line) {
    this.clock = clock;
    this.line = line;
  }

  /** Sends a message of the protocol. */
  void send(String nick, DccMessage message) {
    say(nick, message.written());
  }

  /** Answers an offer that was not even looked at: nothing if the nick was told a moment ago. */
  void turnDown(String nick, String name, String why) {
    if (mayTell(nick)) {
      send(nick, new DccMessage.Reject(name));
      say(nick, line(name, why));
    }
  }

  /** Answers an offer that is not taken, or not any more. */
  void refuse(String nick, String name, String why) {
    send(nick, new DccMessage.Reject(name));
    explain(nick, name, why);
  }

  /** Tells the person alone. */
  void explain(String nick, String name, String why) {
    if (mayTell(nick)) {
      say(nick, line(name, why));
    }
  }

  /**
   * Answers somebody who wants to chat by DCC.
   *
   * @param request what stands behind {@code DCC}; of anything but a chat nothing is said
   */
  void declineChat(String nick, String request) {
    if (request.startsWith("CHAT ") && mayTell(nick)) {
      say(nick, "I do not chat by DCC: write to me here.");
    }
  }

  private static String line(String name, String why) {
    String shown = IrcMarkup.plain(name);
    return "I have not taken "
        + (shown.length() <= LONGEST_NAME ? shown : shown.substring(0, LONGEST_NAME) + "...")
        + ": "
        + IrcErrorText.line(why);
  }

  private void say(String nick, String text) {
    line.get().ifPresent(now -> now.say("NOTICE", nick, text));
  }

  private synchronized boolean mayTell(String nick) {
    Instant now = clock.instant();
    while (!recent.isEmpty() && recent.peekFirst().isBefore(now.minus(PACE))) {
      recent.removeFirst();
    }
    if (recent.size() >= MOST_LINES || told.getOrDefault(nick, Instant.MIN).isAfter(now)) {
      return false;
    }
    recent.addLast(now);
    told.put(nick, now.plus(PACE));
    return true;
  }
}
