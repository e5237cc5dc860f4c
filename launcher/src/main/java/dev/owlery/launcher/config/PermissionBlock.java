package dev.owlery.launcher.config;

import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.settings.Settings;
import dev.owlery.core.permission.PermissionSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the block {@code permissions}: who is who, and who may do what. */
final class PermissionBlock {

  /** The subject under which a console vouches for whoever sits at it. */
  private static final String AT_THE_CONSOLE = "console:local";

  @Settings
  record PermissionKeys(
      Map<String, List<String>> persons,
      Map<String, List<String>> roles,
      Map<String, List<String>> grants) {}

  private final RecordBinder binder;
  private final ConfigFaults faults;
  private final Map<String, AdapterProvider> adapters;

  PermissionBlock(RecordBinder binder, ConfigFaults faults, Map<String, AdapterProvider> adapters) {
    this.binder = binder;
    this.faults = faults;
    this.adapters = adapters;
  }

  /**
   * Reads the block.
   *
   * @param block the block, if there is one
   * @param accounts the names of all accounts, also of those at fault
   * @param consoles the accounts that are consoles
   */
  Optional<PermissionSettings> read(
      Optional<Block> block, Set<String> accounts, List<AccountId> consoles) {
    if (block.isEmpty()) {
      return Optional.of(
          PermissionSettings.withoutBlock(
              consoles.stream().map(id -> new Identity(id, AT_THE_CONSOLE)).toList()));
    }
    Optional<PermissionKeys> written = binder.bind(PermissionKeys.class, block.get());
    if (written.isEmpty()) {
      return Optional.empty();
    }
    PermissionSettings settings =
        new PermissionSettings(
            persons(written.get(), block.get(), accounts),
            written.get().roles(),
            written.get().grants());
    for (PermissionSettings.PermissionFault fault : settings.faults()) {
      faults.add(
          binder.originOf(block.get(), fault.path()),
          block.get().path() + "." + fault.path(),
          fault.text());
    }
    if (!written.get().grants().containsKey(PermissionSettings.EVERYONE)) {
      faults.warn(
          binder.originOf(block.get(), "grants"),
          block.get().path() + ".grants",
          "people without a role may do nothing, not even !help: write everyone = [ view ], or"
              + " everyone = [] if that is meant");
    }
    return Optional.of(settings);
  }

  private Map<String, List<Identity>> persons(
      PermissionKeys written, Block block, Set<String> accounts) {
    Map<String, List<Identity>> persons = new LinkedHashMap<>();
    written
        .persons()
        .forEach((person, identities) -> {
          List<Identity> parsed = new ArrayList<>();
          for (String identity : identities) {
            identity(identity, Keys.join("persons", person), block, accounts)
                .ifPresent(parsed::add);
          }
          persons.put(person, parsed);
        });
    return persons;
  }

  /** What is wrong with an identity by the rules of its account's network. */
  private Optional<String> problem(Identity identity) {
    return Optional.ofNullable(adapters.get(identity.account().name()))
        .flatMap(adapter ->
            adapter
                .identityProblem(identity.subject())
                .map(wanted ->
                    "nobody has the identity %s: behind the / %s wants %s (!whoami tells one's own)"
                        .formatted(identity, adapter.protocol(), wanted)));
  }

  private Optional<Identity> identity(String text, String key, Block block, Set<String> accounts) {
    String problem;
    try {
      Identity identity = Identity.parse(text);
      String account = identity.account().name();
      Optional<String> form = problem(identity);
      if (accounts.contains(account) && form.isEmpty()) {
        return Optional.of(identity);
      }
      problem =
          form.orElseGet(
              () -> "there is no account " + account + Suggestion.nearestOf(account, accounts));
    } catch (IllegalArgumentException e) {
      problem = String.valueOf(e.getMessage());
    }
    faults.add(binder.originOf(block, key), block.path() + "." + key, problem);
    return Optional.empty();
  }
}
