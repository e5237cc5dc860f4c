package dev.owlery.spi;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of thing that people may use up, such as commands, limited in layers: for each person,
 * for each host, for each room, and for all people of an account together for whom no network
 * vouches. What is taken is taken from all layers that concern somebody, or from none. Each outer
 * layer is meant to be wider than the inner ones, so that one person does not use up what is for
 * all.
 *
 * <p>Of each layer's limit no more is granted in any span of time as long as the window, give or
 * take a sixtieth of it. A clock that is set back by more than the window begins a new one: once
 * more than the limit is granted then, rather than nothing until the clock has caught up.
 *
 * <p>Kept in memory, at most {@link #ACCOUNTS_KEPT} of each layer: beyond that the one that was
 * used least recently is forgotten. Safe for use by several threads.
 */
public final class Budgets {

  /** So many counters are kept for each layer. */
  public static final int ACCOUNTS_KEPT = 4_096;

  /** For whom a limit is meant. */
  public enum Layer {
    /** One person: by a verified identity or else by the handle. */
    PERSON,
    /**
     * Unverified people with one {@linkplain Member#source source}, however they call themselves;
     * in a room those of whom no source is known.
     */
    SOURCE,
    /** Unverified people in one conversation. */
    ROOM,
    /** All unverified people of an account. */
    UNVERIFIED
  }

  /** What was said to a request. */
  public sealed interface Verdict {

    /** It was granted, and is used up now. */
    record Granted() implements Verdict {}

    /**
     * It was refused, and nothing is used up.
     *
     * @param by the innermost layer that had not enough left
     * @param isFirst whether that is this layer's first refusal since it last granted something
     */
    record Exhausted(Layer by, boolean isFirst) implements Verdict {}

    /**
     * Whether it was granted.
     *
     * @return true for {@link Granted}
     */
    default boolean isGranted() {
      return this instanceof Granted;
    }
  }

  private static final Verdict GRANTED = new Verdict.Granted();

  private final InstantSource clock;
  private final long windowMillis;
  private final List<Limited> layers = new ArrayList<>();

  /** A layer's limit, with what was taken by whom. */
  private record Limited(Layer layer, long limit, Map<String, RollingCount> counts) {}

  /**
   * Makes full budgets.
   *
   * @param clock measures the window
   * @param window the span of time that the limits are for
   * @param limits how much may be taken within the window, for each layer; layers that are left out
   *     have no limit
   */
  public Budgets(InstantSource clock, Duration window, Map<Layer, Long> limits) {
    this.clock = clock;
    this.windowMillis = window.toMillis();
    for (Layer layer : Layer.values()) {
      Long limit = limits.get(layer);
      if (limit != null) {
        layers.add(new Limited(layer, limit, BoundedMap.leastRecentlyUsed(ACCOUNTS_KEPT)));
      }
    }
  }

  /**
   * Takes from all layers that concern somebody, or from none.
   *
   * @param where the conversation
   * @param who whose budgets
   * @param isVerified whether they are known well enough to have a budget of their own only; the
   *     shared layers are left out then
   * @param amount how much; at least 1
   * @return whether it was granted
   */
  public synchronized Verdict take(
      Conversation where, Member who, boolean isVerified, long amount) {
    long now = clock.millis();
    List<RollingCount> all = new ArrayList<>(layers.size());
    for (Limited each : layers) {
      Optional<String> key = key(each.layer(), where, who, isVerified);
      if (key.isEmpty()) {
        continue;
      }
      RollingCount count =
          each.counts()
              .computeIfAbsent(
                  where.account() + "\n" + key.get(), any -> new RollingCount(windowMillis));
      if (count.sum(now) + amount > each.limit()) {
        return new Verdict.Exhausted(each.layer(), count.refuse());
      }
      all.add(count);
    }
    all.forEach(count -> count.add(now, amount));
    return GRANTED;
  }

  /** In a room that shows no sources all who are there share one: their names prove nothing. */
  private static Optional<String> source(Conversation where, Member who) {
    boolean isShared = who.source().isEmpty() && where.kind() == Conversation.Kind.ROOM;
    return isShared ? Optional.of("\n" + where.room()) : who.source();
  }

  /** Whose counter a layer means; empty if the layer does not concern them. */
  private static Optional<String> key(
      Layer layer, Conversation where, Member who, boolean isVerified) {
    return switch (layer) {
      case PERSON ->
          Optional.of(who.identity().map(Identity::subject).orElseGet(() -> "\n" + who.handle()));
      case SOURCE -> isVerified ? Optional.empty() : source(where, who);
      case ROOM -> isVerified ? Optional.empty() : Optional.of(where.room());
      case UNVERIFIED -> isVerified ? Optional.empty() : Optional.of("");
    };
  }
}
