package dev.owlery.core.filter;

import dev.owlery.api.action.Say;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Tone;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.core.log.LogText;
import dev.owlery.spi.BoundedMap;
import dev.owlery.spi.Budgets;
import dev.owlery.spi.Budgets.Layer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two programs from talking to each other for ever. It has three means:
 *
 * <ul>
 *   <li>What is said automatically ({@link Tone#AUTOMATIC}) is marked on the wire, and what bears
 *       the mark is shown to no plugin.
 *   <li>Automatic lines are limited: hints for each sender to three a minute, and after those the
 *       sender gets none until they have called a command; all automatic lines for each
 *       conversation, and for all people together whom the configuration does not name.
 *   <li>Where no mark passes, turns are counted: whoever says what the bot has just said, or the
 *       same again right behind each answer, is taken for a program and not heard for a minute,
 *       then for two, for four, at most for an hour. Saying anything else begins the count anew.
 * </ul>
 *
 * <p>Answers to commands are never dropped here. Safe for use by several threads.
 */
final class LoopGuard {

  private static final Logger log = LoggerFactory.getLogger(LoopGuard.class);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** How many hints somebody gets in a minute, before there are none until the next command. */
  private static final long HINTS = 3;

  /** How many automatic lines leave for a conversation in a minute. */
  private static final long LINES = 5;

  /** How many hints all people get together whom the configuration does not name. */
  private static final long HINTS_FOR_STRANGERS = 10;

  private static final long LINES_IN_ALL = 60;

  private static final int PLACES = 2_048;
  private static final int SENDERS = 4_096;
  private static final int NAME = 64;

  private final InstantSource clock;
  private final Predicate<Member> isKnown;
  private final boolean countsRepetitions;
  private final Budgets hints;
  private final Budgets lines;
  private final Map<String, Boolean> silenced = BoundedMap.leastRecentlyUsed(SENDERS);
  private final Map<String, RecentMessages> said = BoundedMap.leastRecentlyUsed(PLACES);
  private final Map<String, ConsecutiveReplies> turns = BoundedMap.leastRecentlyUsed(PLACES);

  /**
   * Makes a guard.
   *
   * @param clock measures times
   * @param isKnown whether the configuration names somebody: they are no program that repeats
   *     itself, and have a budget of their own only
   * @param countsRepetitions whether those are taken for programs who say the same again and again
   */
  LoopGuard(InstantSource clock, Predicate<Member> isKnown, boolean countsRepetitions) {
    this.clock = clock;
    this.isKnown = isKnown;
    this.countsRepetitions = countsRepetitions;
    this.hints =
        new Budgets(
            clock,
            MINUTE,
            Map.of(
                Layer.PERSON,
                HINTS,
                Layer.SOURCE,
                2 * HINTS,
                Layer.ROOM,
                LINES,
                Layer.UNVERIFIED,
                HINTS_FOR_STRANGERS));
    this.lines =
        new Budgets(clock, MINUTE, Map.of(Layer.ROOM, LINES, Layer.UNVERIFIED, LINES_IN_ALL));
  }

  /** Whether the bot may answer with a hint to what was no command. */
  boolean hint(Conversation where, Member who) {
    String sender = sender(where, who);
    synchronized (silenced) {
      if (silenced.containsKey(sender)) {
        return false;
      }
    }
    return switch (hints.take(where, who, isKnown.test(who), 1)) {
      case Budgets.Verdict.Granted _ -> true;
      case Budgets.Verdict.Exhausted refused -> {
        if (refused.by() == Layer.PERSON) {
          synchronized (silenced) {
            silenced.put(sender, true);
          }
        }
        yield false;
      }
    };
  }

  /** Somebody has called a command: they are somebody to give hints to. */
  void commanded(Conversation where, Member who) {
    synchronized (silenced) {
      if (!silenced.isEmpty()) {
        silenced.remove(sender(where, who));
      }
    }
  }

  private static String sender(Conversation where, Member who) {
    return where.account()
        + "\n"
        + who.identity().map(Identity::subject).orElseGet(() -> "\n" + who.handle());
  }

  /** Notes what the bot is about to say; returns whether it may. */
  boolean passes(Say say) {
    if (say.tone() == Tone.AUTOMATIC
        && !lines.take(say.where(), Member.unverified(""), false, 1).isGranted()) {
      return false;
    }
    long now = clock.millis();
    int hash = say.content().plain().hashCode();
    synchronized (this) {
      said.computeIfAbsent(say.where().address(), any -> new RecentMessages()).add(hash, now);
    }
    return true;
  }

  /** Whether what somebody says is shown to plugins. */
  boolean admits(MessagePosted message) {
    if (message.tone() == Tone.AUTOMATIC) {
      return false;
    }
    long now = clock.millis();
    String who = message.where().address() + "\n" + message.sender().handle();
    synchronized (this) {
      RecentMessages here = said.get(message.where().address());
      ConsecutiveReplies before = turns.isEmpty() ? null : turns.get(who);
      if (here == null) {
        return before == null || !before.isMuted(now);
      }
      int hash = message.text().hashCode();
      boolean isEcho = here.contains(hash, now);
      boolean isRepetition = countsRepetitions && !isKnown.test(message.sender());
      if (before == null && !isEcho && !isRepetition) {
        return true;
      }
      ConsecutiveReplies theirs =
          before == null ? turns.computeIfAbsent(who, any -> new ConsecutiveReplies()) : before;
      boolean admitted = theirs.admits(isEcho, isRepetition, hash, here, now);
      if (!admitted && theirs.isNewlyMuted()) {
        log.info(
            "{} in {} talks like a program that answers the bot; not heard for {}",
            LogText.quote(message.sender().handle(), NAME),
            LogText.quote(message.where().toString(), NAME),
            theirs.lastMute());
      }
      return admitted;
    }
  }
}
