package dev.owlery.plugins.greeter;

import dev.owlery.api.action.Say;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Commands;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Span;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin.Delivery;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.On;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Greets who joins a room (but not who comes back from a netsplit), says hello when it joins
 * itself, and answers when its name is said without a command. Never greets or answers other bots,
 * never answers an automatic answer, and stays silent about what happened while it was away.
 */
public final class GreeterPlugin implements Plugin {

  private static final int AFTER_EVERYBODY_ELSE = 1_000;

  /** So many people who are on the other side of a split are remembered. */
  private static final int MOST_SPLIT_OFF = 10_000;

  /** Who comes back within this time has only been on the other side of a split. */
  private static final Duration REUNION = Duration.ofMinutes(30);

  /** What servers give as the reason: the two that have lost each other, perhaps hidden. */
  private static final Pattern SPLIT =
      Pattern.compile("[\\w*-]+(\\.[\\w*-]+)+ [\\w*-]+(\\.[\\w*-]+)+");

  private static final Pattern LEADING_SIGNS = Pattern.compile("^[^\\p{L}\\p{N}]+");

  private final Bot bot;
  private final Commands commands;
  private final GreeterSettings settings;

  /** When, by room and handle; the longest ago are forgotten first. */
  private final Map<String, Instant> splitOff =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST_SPLIT_OFF;
        }
      };

  @Inject
  GreeterPlugin(Bot bot, Commands commands, GreeterSettings settings) {
    this.bot = bot;
    this.commands = commands;
    this.settings = settings;
  }

  /**
   * Greets who joins.
   *
   * @param joined who joined, and where
   */
  @On
  public void greet(MemberJoined joined) {
    if (isStale(joined.origin().delivery()) || !isGreetedIn(joined.where())) {
      return;
    }
    if (joined.member().isSelf()) {
      say(joined.where(), settings.arrival(), joined.member());
    } else if (!joined.member().isBot() && !returnsFromSplit(joined)) {
      say(joined.where(), settings.welcome(), joined.member());
    }
  }

  /**
   * Remembers who was lost with a part of the network.
   *
   * @param left who left, and why
   */
  @On
  public void remember(MemberLeft left) {
    if (left.how() == MemberLeft.How.QUIT && SPLIT.matcher(left.reason().strip()).matches()) {
      synchronized (splitOff) {
        splitOff.put(place(left.where(), left.member()), left.origin().at());
      }
    }
  }

  private boolean returnsFromSplit(MemberJoined joined) {
    Instant left;
    synchronized (splitOff) {
      left = splitOff.remove(place(joined.where(), joined.member()));
    }
    return left != null && !joined.origin().at().isAfter(left.plus(REUNION));
  }

  private static String place(Conversation where, Member who) {
    return where.address() + "\n" + who.handle();
  }

  /**
   * Answers when its name is said, unless that calls a command.
   *
   * @param message what was said
   */
  @On(priority = AFTER_EVERYBODY_ELSE)
  public void answer(MessagePosted message) {
    boolean isSpeech = !message.tone().isFinal() && !message.sender().isBot();
    if (isSpeech
        && !message.where().isDirect()
        && !isStale(message.origin().delivery())
        && isGreetedIn(message.where())
        && isAboutMe(message.content(), bot.self(message.where().account()))) {
      say(message.where(), settings.answer(), message.sender());
    }
  }

  private static boolean isStale(Delivery delivery) {
    return delivery == Delivery.CATCH_UP;
  }

  private boolean isGreetedIn(Conversation where) {
    return settings.rooms().isEmpty() || settings.rooms().contains(where.address());
  }

  private void say(Conversation where, String text, Member who) {
    if (!text.isEmpty()) {
      Content content = Content.of(text.replace("{name}", who.displayName()));
      bot.perform(new Say(where, content, Tone.AUTOMATIC, Optional.empty()));
    }
  }

  private boolean isAboutMe(Content content, Member self) {
    String heard = content.plain().strip().toLowerCase(Locale.ROOT);
    return isMarked(content.text().spans(), self)
        || isNamed(heard, self.handle().toLowerCase(Locale.ROOT))
        || isNamed(heard, self.displayName().toLowerCase(Locale.ROOT));
  }

  private boolean isNamed(String heard, String name) {
    return hasWord(heard, name) && !isCommand(heard, name);
  }

  private static boolean isMarked(List<Span> spans, Member self) {
    return spans.stream()
        .anyMatch(
            span -> span instanceof Span.Mention mention && mention.handle().equals(self.handle()));
  }

  private static boolean hasWord(String text, String name) {
    int at = text.indexOf(name);
    while (at >= 0 && !isWhole(text, at, at + name.length())) {
      at = text.indexOf(name, at + 1);
    }
    return at >= 0;
  }

  private static boolean isWhole(String text, int from, int end) {
    return (from == 0 || !isPartOfName(text.charAt(from - 1)))
        && (end == text.length() || !isPartOfName(text.charAt(end)));
  }

  private static boolean isPartOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  /** {@code owl: echo hi} and {@code !echo owl} are the router's, which answers them itself. */
  private boolean isCommand(String text, String name) {
    boolean addressed = text.startsWith(name);
    boolean prefixed = !Character.isLetterOrDigit(text.charAt(0));
    if (!addressed && !prefixed) {
      return false;
    }
    String call =
        LEADING_SIGNS.matcher(addressed ? text.substring(name.length()) : text).replaceFirst("");
    return commands.all().stream()
        .map(command -> command.name().toLowerCase(Locale.ROOT))
        .anyMatch(command -> call.equals(command) || call.startsWith(command + " "));
  }
}
