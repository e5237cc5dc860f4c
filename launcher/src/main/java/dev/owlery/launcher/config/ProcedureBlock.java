package dev.owlery.launcher.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigOrigin;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.procedure.ProcedureSettings;
import dev.owlery.core.procedure.ProcedureSettings.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the block {@code procedures}: who may call what from outside. */
final class ProcedureBlock {

  private static final String ALLOW = "allow";

  /**
   * The block.
   *
   * @param allow who may call what; nobody else may call anything
   * @param patience how long a call may take
   * @param parallel so many calls are served at a time
   * @param perCaller so many of one caller
   */
  @Settings
  record ProcedureKeys(
      List<AllowEntry> allow,
      @Default("10s") Duration patience,
      @Default("32") int parallel,
      @Default("8") int perCaller) {

    ProcedureKeys {
      if (!patience.isPositive()) {
        throw new SettingException("patience", "must be longer than nothing");
      }
      if (parallel < 1) {
        throw new SettingException("parallel", "must be at least 1");
      }
      if (perCaller < 1) {
        throw new SettingException("per-caller", "must be at least 1");
      }
    }
  }

  /**
   * An entry of the access list.
   *
   * @param from an account's name, {@code /} and a pattern for the addresses of callers
   * @param methods a pattern for the names of procedures
   */
  @Settings
  record AllowEntry(String from, String methods) {

    AllowEntry {
      if (from.indexOf('/') < 1) {
        throw new SettingException("from", "must be written ACCOUNT/PATTERN, not " + from);
      }
      check("from", Rule::checkFrom, from.substring(from.indexOf('/') + 1));
      check("methods", Rule::checkMethods, methods);
    }

    private static void check(String key, Consumer<String> check, String text) {
      try {
        check.accept(text);
      } catch (IllegalArgumentException e) {
        throw new SettingException(key, String.valueOf(e.getMessage()));
      }
    }

    String account() {
      return from.substring(0, from.indexOf('/'));
    }

    Rule rule() {
      return new Rule(new AccountId(account()), from.substring(from.indexOf('/') + 1), methods);
    }
  }

  private final RecordBinder binder;
  private final ConfigFaults faults;

  ProcedureBlock(RecordBinder binder, ConfigFaults faults) {
    this.binder = binder;
    this.faults = faults;
  }

  private static ConfigOrigin origin(Block block, int index) {
    return block
        .value(ALLOW)
        .filter(ConfigList.class::isInstance)
        .map(list -> ((ConfigList) list).get(index).origin())
        .orElse(block.origin());
  }

  /**
   * Reads the block.
   *
   * @param block the block; empty if it is not there
   * @param accounts the names of all accounts, also of those at fault
   */
  Optional<ProcedureSettings> read(Block block, Set<String> accounts) {
    Optional<ProcedureKeys> bound = binder.bind(ProcedureKeys.class, block);
    if (bound.isEmpty()) {
      return Optional.empty();
    }
    ProcedureKeys written = bound.get();
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < written.allow().size(); i++) {
      AllowEntry entry = written.allow().get(i);
      if (accounts.contains(entry.account())) {
        rules.add(entry.rule());
      } else {
        faults.add(
            origin(block, i),
            Keys.join(Keys.element(block.pathOf(ALLOW), i), "from"),
            "there is no account "
                + entry.account()
                + Suggestion.nearestOf(entry.account(), accounts));
      }
    }
    return Optional.of(
        new ProcedureSettings(rules, written.patience(), written.parallel(), written.perCaller()));
  }
}
