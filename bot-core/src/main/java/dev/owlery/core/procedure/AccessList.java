package dev.owlery.core.procedure;

import com.google.re2j.Pattern;
import dev.owlery.api.chat.AccountId;
import dev.owlery.core.procedure.ProcedureSettings.Rule;
import java.util.List;

/** Who may call what. Immutable; may be used from any thread. */
final class AccessList {

  private final List<AccessRule> entries;

  AccessList(List<Rule> rules) {
    entries = rules.stream().map(AccessRule::of).toList();
  }

  boolean permits(AccountId account, String caller, String method) {
    return entries.stream()
        .anyMatch(entry -> entry.isFor(account, caller) && entry.methods().matches(method));
  }

  boolean knows(AccountId account, String caller) {
    return entries.stream().anyMatch(entry -> entry.isFor(account, caller));
  }

  boolean serves(AccountId account) {
    return entries.stream().anyMatch(entry -> entry.account().equals(account));
  }

  /** A rule, compiled. */
  private record AccessRule(AccountId account, AddressPattern from, Pattern methods) {

    static AccessRule of(Rule rule) {
      return new AccessRule(
          rule.account(),
          AddressPattern.parse(rule.from()),
          AddressPattern.compile(rule.methods()));
    }

    boolean isFor(AccountId through, String caller) {
      return account.equals(through) && from.matches(caller);
    }
  }
}
