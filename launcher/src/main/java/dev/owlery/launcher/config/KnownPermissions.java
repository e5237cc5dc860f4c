package dev.owlery.launcher.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for grants of permissions that no plugin asks for. Plugins in jars, and folders with
 * permissions of their own, may ask for any: only what looks like a misspelling is reported.
 */
final class KnownPermissions {

  private static final String ALL_BELOW = ".*";

  private final Set<String> known;

  KnownPermissions(Set<String> known) {
    this.known = new TreeSet<>(known);
  }

  /** Warns of the grants in the block {@code permissions.grants}. */
  void check(ConfigObject grants, ConfigFaults faults) {
    for (Map.Entry<String, ConfigValue> entry : grants.entrySet()) {
      if (entry.getValue() instanceof ConfigList list) {
        for (ConfigValue grant : list) {
          String written = String.valueOf(grant.unwrapped());
          problem(written)
              .ifPresent(problem ->
                  faults.warn(
                      grant.origin(), Keys.join("permissions.grants", entry.getKey()), problem));
        }
      }
    }
  }

  private Optional<String> problem(String grant) {
    if (grant.equals("*") || known.contains(grant)) {
      return Optional.empty();
    }
    if (grant.endsWith(ALL_BELOW)) {
      String group = grant.substring(0, grant.length() - ALL_BELOW.length());
      return isGroup(group) ? Optional.empty() : misspelt(grant, groups());
    }
    Optional<String> misspelt = misspelt(grant, known);
    if (misspelt.isPresent() || grant.indexOf('.') < 0) {
      return misspelt;
    }
    String group = grant.substring(0, grant.indexOf('.'));
    return isGroup(group) ? Optional.empty() : misspelt(group + ALL_BELOW, groups());
  }

  private boolean isGroup(String group) {
    return known.stream().anyMatch(each -> each.startsWith(group + "."));
  }

  private Set<String> groups() {
    Set<String> groups = new TreeSet<>();
    known.stream()
        .filter(each -> each.indexOf('.') > 0)
        .forEach(each -> groups.add(each.substring(0, each.indexOf('.')) + ALL_BELOW));
    return groups;
  }

  private static Optional<String> misspelt(String written, Set<String> among) {
    String nearest = Suggestion.nearestOf(written, among);
    return nearest.isEmpty()
        ? Optional.empty()
        : Optional.of("no plugin asks for a permission \"" + written + "\"" + nearest);
  }
}
