package dev.owlery.core.filter;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.core.permission.Permissions;
import dev.owlery.spi.Budgets;
import dev.owlery.spi.Budgets.Layer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Limits how many commands are run in a minute: of each person, and of unverified people also by
 * their host, by room and all together, so that another nick is not another person. Who goes over a
 * limit is told once and then not heard until there is room again. Administrators are not limited.
 */
public final class FloodGuard {

  /** Whoever is granted this, or all of {@code admin.*}, is not limited. */
  static final String UNLIMITED = "admin.unlimited";

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int perMinute;
  private final Permissions permissions;
  private final Budgets budgets;

  FloodGuard(InstantSource clock, int perMinute, Permissions permissions) {
    this.perMinute = perMinute;
    this.permissions = permissions;
    this.budgets =
        new Budgets(
            clock,
            WINDOW,
            Map.of(
                Layer.PERSON,
                (long) perMinute,
                Layer.SOURCE,
                5L * perMinute - 1, // with the warning that follows, five times as many answers
                Layer.ROOM,
                10L * perMinute,
                Layer.UNVERIFIED,
                20L * perMinute));
  }

  /** What to do with a command. */
  public enum FloodVerdict {
    /** Run it. */
    RUN,
    /** Do not run it, and say so. */
    WARN,
    /** Do not run it, and say nothing: it has been said. */
    IGNORE
  }

  boolean isOff() {
    return perMinute == 0;
  }

  FloodVerdict command(Conversation where, Member caller) {
    if (isOff() || isAdministrator(where, caller)) {
      return FloodVerdict.RUN;
    }
    return switch (budgets.take(where, caller, caller.identity().isPresent(), 1)) {
      case Budgets.Verdict.Granted _ -> FloodVerdict.RUN;
      case Budgets.Verdict.Exhausted refused ->
          refused.isFirst() ? FloodVerdict.WARN : FloodVerdict.IGNORE;
    };
  }

  private boolean isAdministrator(Conversation where, Member caller) {
    return caller.identity().isPresent()
        && !permissions.isOpen(UNLIMITED)
        && permissions.decide(caller, where, UNLIMITED).permitted();
  }
}
