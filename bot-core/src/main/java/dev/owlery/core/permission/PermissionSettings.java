package dev.owlery.core.permission;

import dev.owlery.api.chat.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Who is who and who may do what, as the configuration's {@code permissions} block says.
 *
 * @param persons the identities of each person
 * @param roles the persons of each role; the role {@link #EVERYONE} has everybody and is not listed
 * @param grants what a role, or a single person, may do: a permission such as {@code deploy}, all
 *     that begin alike such as {@code admin.*}, or {@code *} for everything
 */
public record PermissionSettings(
    Map<String, List<Identity>> persons,
    Map<String, List<String>> roles,
    Map<String, List<String>> grants) {

  /** The role that everybody has, verified or not. */
  public static final String EVERYONE = "everyone";

  private static final Pattern GRANT = Pattern.compile("\\*|[^\\s*]+?(\\.\\*)?");

  /** Copies the maps and lists, so that the settings stay as they are. */
  public PermissionSettings {
    persons = copy(persons);
    roles = copy(roles);
    grants = copy(grants);
  }

  /**
   * What holds where the configuration has no {@code permissions} block: everyone may {@code view},
   * and who sits at the console is the administrator.
   *
   * @param console the identities of the console's users; may be empty
   * @return the settings
   */
  public static PermissionSettings withoutBlock(List<Identity> console) {
    return new PermissionSettings(
        Map.of("console", console),
        Map.of("admin", List.of("console")),
        Map.of("admin", List.of("*"), EVERYONE, List.of("view")));
  }

  /**
   * All that is wrong with the settings, for the configuration's report.
   *
   * @return the faults, in the order of the block; empty if there are none
   */
  public List<PermissionFault> faults() {
    List<PermissionFault> faults = new ArrayList<>();
    Map<Identity, String> seen = new HashMap<>();
    persons.forEach((person, identities) -> {
      if (roles.containsKey(person) || person.equals(EVERYONE)) {
        faults.add(new PermissionFault("persons." + person, "a role has the same name"));
      }
      for (Identity identity : identities) {
        String other = seen.putIfAbsent(identity, person);
        if (other != null && !other.equals(person)) {
          faults.add(new PermissionFault("persons." + person, identity + " is already " + other));
        }
      }
    });
    roles.forEach((role, members) -> checkRole(role, members, faults));
    grants.forEach((who, what) -> checkGrants(who, what, faults));
    return faults;
  }

  private void checkRole(String role, List<String> members, List<PermissionFault> faults) {
    if (role.equals(EVERYONE)) {
      faults.add(new PermissionFault("roles." + role, "everybody has this role, it lists nobody"));
    }
    for (String member : members) {
      if (!persons.containsKey(member)) {
        faults.add(new PermissionFault("roles." + role, "no person is called " + member));
      }
    }
  }

  private void checkGrants(String who, List<String> what, List<PermissionFault> faults) {
    if (!who.equals(EVERYONE) && !roles.containsKey(who) && !persons.containsKey(who)) {
      faults.add(new PermissionFault("grants." + who, "no role and no person is called " + who));
    }
    for (String grant : what) {
      if (!GRANT.matcher(grant).matches()) {
        faults.add(
            new PermissionFault(
                "grants." + who, "write a permission, a beginning with .* or *, not " + grant));
      }
    }
  }

  private static <T> Map<String, List<T>> copy(Map<String, List<T>> map) {
    Map<String, List<T>> copy = new LinkedHashMap<>();
    map.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * Something that is wrong with the settings.
   *
   * @param path where, within the {@code permissions} block, for example {@code roles.admin}
   * @param text what, in one line
   */
  public record PermissionFault(String path, String text) {}
}
