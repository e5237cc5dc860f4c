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
  record Written(
      Map<String, List<String>> persons,
      Map<String, List<String>> roles,
      Map<String, List<String>> grants) {}

  private final RecordBinder binder;
  private final Faults faults;
  private final Map<String, AdapterProvider> adapters;

  PermissionBlock(RecordBinder binder, Faults faults, Map<String, AdapterProvider> adapters) {
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
    Optional<Written> written = binder.bind(Written.class, block.get());
    if (written.isEmpty()) {
      return Optional.empty();
    }
    PermissionSettings settings =
        new PermissionSettings(
            persons(written.get(), block.get(), accounts),
            written.get().roles(),
            written.get().grants());
    for (PermissionSettings.Fault fault : settings.faults()) {
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

  private Map<String, List<Identity>> persons(Written written, Block block, Set<String> accounts) {
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

  private Optional<Identity> identity(String text, String key, Block block, Set<String> accounts) {
    String problem;
    try {
      Identity identity = Identity.parse(text);
      String account = identity.account().name();
      AdapterProvider adapter = adapters.get(account);
      Optional<String> form =
          adapter == null ? Optional.empty() : adapter.identityProblem(identity.subject());
      if (accounts.contains(account) && form.isEmpty()) {
        return Optional.of(identity);
      }
      problem =
          form.map(wanted ->
                  "nobody has the identity "
                      + text
                      + ": behind the / "
                      + adapters.get(account).protocol()
                      + " wants "
                      + wanted
                      + " (!whoami tells one's own)")
              .orElseGet(
                  () -> "there is no account " + account + Suggestion.nearestOf(account, accounts));
    } catch (IllegalArgumentException e) {
      problem = String.valueOf(e.getMessage());
    }
    faults.add(binder.originOf(block, key), block.path() + "." + key, problem);
    return Optional.empty();
  }
}
