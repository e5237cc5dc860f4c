package dev.owlery.core;

import dev.owlery.api.adapter.AccountState;
import dev.owlery.api.adapter.AccountState.Phase;
import dev.owlery.api.adapter.AccountState.RoomState;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what becomes of accounts and rooms, at the level that fits, and tells the administrators
 * what a person has to change: an account that was refused, or that has been away for five minutes,
 * and a room that has refused the bot or sent it out. Each reason is told once, and once more if it
 * still holds when it comes up again after an hour.
 *
 * <p>Every method may be called from any thread.
 */
final class AccountAlerts {

  private static final Logger log = LoggerFactory.getLogger(AccountAlerts.class);
  private static final Duration LONG_AWAY = Duration.ofMinutes(5);
  private static final Duration AGAIN = Duration.ofHours(1);

  private record LastAlert(String reason, Instant at) {}

  /** One account's troubles. */
  private static final class AccountTroubles {
    private final Map<Conversation, LastAlert> rooms = new HashMap<>();
    private Instant awaySince;
    private String lastWarning = "";
    private boolean toldAway;

    AccountTroubles(Instant awaySince) {
      this.awaySince = awaySince;
    }
  }

  private final Consumer<String> administrators;
  private final InstantSource clock;

  /** Guarded by this. */
  private final Map<AccountId, AccountTroubles> accounts = new HashMap<>();

  AccountAlerts(Consumer<String> administrators, InstantSource clock) {
    this.administrators = administrators;
    this.clock = clock;
  }

  /**
   * An account has reported a state.
   *
   * @param id the account
   * @param before the state before
   * @param now the new one
   */
  synchronized void changed(AccountId id, AccountState before, AccountState now) {
    AccountTroubles account =
        accounts.computeIfAbsent(id, any -> new AccountTroubles(clock.instant()));
    if (before.phase() != now.phase() || !before.detail().equals(now.detail())) {
      phase(id, account, before.phase(), now);
    }
    if (now.phase() == Phase.ONLINE) {
      now.rooms().forEach((room, state) -> room(account, room, state));
      account.rooms.keySet().retainAll(now.rooms().keySet());
    }
  }

  private void phase(AccountId id, AccountTroubles account, Phase before, AccountState now) {
    String phase = now.phase().name().toLowerCase(Locale.ROOT);
    switch (now.phase()) {
      case FAILED -> {
        log.error("account {}: {} ({})", id, phase, now.detail());
        administrators.accept("Account " + id + " does not work: " + now.detail());
      }
      case CONNECTING -> {
        if (before == Phase.ONLINE) {
          account.awaySince = clock.instant();
        }
        // The same server that refuses in the same way is warned of once in each absence.
        String reason = now.trouble().map(AccountState.Trouble::reason).orElse("");
        boolean isNews = !reason.isEmpty() && !reason.equals(account.lastWarning);
        account.lastWarning = isNews ? reason : account.lastWarning;
        if (isNews) {
          log.warn("account {}: {} ({})", id, phase, now.detail());
        } else {
          log.info("account {}: {} ({})", id, phase, now.detail());
        }
        away(id, account, reason);
      }
      case ONLINE -> {
        log.info("account {}: {} ({})", id, phase, now.detail());
        if (account.toldAway) {
          administrators.accept("Account " + id + " is online again.");
        }
        account.toldAway = false;
        account.lastWarning = "";
      }
      case CLOSED -> log.info("account {}: {} ({})", id, phase, now.detail());
    }
  }

  private void away(AccountId id, AccountTroubles account, String reason) {
    Duration away = Duration.between(account.awaySince, clock.instant());
    if (!reason.isEmpty() && !account.toldAway && away.compareTo(LONG_AWAY) >= 0) {
      account.toldAway = true;
      administrators.accept(
          "Account %s has not been online for %d minutes: %s"
              .formatted(id, away.toMinutes(), reason));
    }
  }

  private void room(AccountTroubles account, Conversation room, RoomState state) {
    if (!state.isRefused()) {
      return;
    }
    Instant now = clock.instant();
    LastAlert told = account.rooms.get(room);
    boolean isKnown =
        told != null && told.reason().equals(state.detail()) && now.isBefore(told.at().plus(AGAIN));
    if (!isKnown) {
      account.rooms.put(room, new LastAlert(state.detail(), now));
      log.warn("not in {}: {}", room.address(), state.detail());
      administrators.accept("I am not in " + room.address() + ": " + state.detail());
    }
  }
}
