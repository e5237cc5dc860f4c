package dev.owlery.core.permission;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Commands.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives permissions to persons through their roles, and refuses all else. Only an identity that the
 * network vouches for makes somebody a person; it is compared character by character, because the
 * adapters have made it canonical. What a handle or a display name says counts for nothing.
 *
 * <p>Immutable; may be used from any thread.
 */
public final class RolePermissions implements Permissions {

  private final Map<Identity, String> persons = new HashMap<>();
  private final Map<String, List<Grant>> grantsOf = new HashMap<>();
  private final Map<String, List<String>> rolesOf = new HashMap<>();
  private final List<Grant> everyone;

  /**
   * Works out who may do what.
   *
   * @param settings the configuration's block
   * @throws IllegalArgumentException if the settings have faults; the text names them all
   */
  public RolePermissions(PermissionSettings settings) {
    List<PermissionSettings.PermissionFault> faults = settings.faults();
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          faults.stream()
              .map(fault -> "permissions." + fault.path() + ": " + fault.text())
              .collect(Collectors.joining("; ")));
    }
    everyone = grants(settings, PermissionSettings.EVERYONE);
    settings
        .persons()
        .forEach((person, identities) -> {
          identities.forEach(identity -> persons.put(identity, person));
          List<String> roles =
              settings.roles().entrySet().stream()
                  .filter(role -> role.getValue().contains(person))
                  .map(Map.Entry::getKey)
                  .toList();
          List<Grant> grants = new ArrayList<>(grants(settings, person));
          roles.forEach(role -> grants.addAll(grants(settings, role)));
          rolesOf.put(person, roles);
          grantsOf.put(person, List.copyOf(grants));
        });
  }

  @Override
  public Optional<String> person(Member member) {
    return member.identity().map(persons::get);
  }

  @Override
  public Decision decide(Member member, Conversation where, String permission) {
    Optional<Grant> open = first(everyone, permission);
    if (open.isPresent()) {
      return new Decision(true, "everyone is granted " + open.get().pattern());
    }
    if (member.identity().isEmpty()) {
      return refuse(permission, "the network vouches for nobody here");
    }
    Identity identity = member.identity().get();
    if (!identity.account().equals(where.account())) {
      return refuse(permission, identity + " belongs to another network");
    }
    String person = persons.get(identity);
    if (person == null) {
      return refuse(permission, identity + " is no person of the configuration");
    }
    return first(grantsOf.getOrDefault(person, List.of()), permission)
        .map(grant -> new Decision(true, person + grant.because()))
        .orElseGet(() -> refuse(permission, person + roles(person)));
  }

  @Override
  public boolean isOpen(String permission) {
    return first(everyone, permission).isPresent();
  }

  private static Decision refuse(String permission, String why) {
    return new Decision(false, permission + " is not granted to everyone, and " + why);
  }

  private String roles(String person) {
    List<String> roles = rolesOf.getOrDefault(person, List.of());
    return roles.isEmpty()
        ? " has no role"
        : " has it neither alone nor as " + String.join(", ", roles);
  }

  private static Optional<Grant> first(List<Grant> grants, String permission) {
    for (Grant grant : grants) {
      if (grant.covers(permission)) {
        return Optional.of(grant);
      }
    }
    return Optional.empty();
  }

  private static List<Grant> grants(PermissionSettings settings, String who) {
    boolean alone = settings.persons().containsKey(who);
    return settings.grants().getOrDefault(who, List.of()).stream()
        .map(pattern -> new Grant(pattern, alone ? "" : who))
        .toList();
  }

  /** One entry of the {@code grants}; the role is empty if it is given to a person alone. */
  private record Grant(String pattern, String role) {

    boolean covers(String permission) {
      if (pattern.equals("*")) {
        return true;
      }
      return pattern.endsWith(".*")
          ? permission.length() > pattern.length() - 1
              && permission.startsWith(pattern.substring(0, pattern.length() - 1))
          : permission.equals(pattern);
    }

    String because() {
      return role.isEmpty()
          ? " is granted " + pattern
          : " has the role " + role + ", which is granted " + pattern;
    }
  }
}
