package dev.owlery.core.command;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Commands.Decision;
import dev.owlery.core.permission.Permissions;
import java.util.stream.Collectors;
import org.incendo.cloud.permission.AndPermission;
import org.incendo.cloud.permission.OrPermission;
import org.incendo.cloud.permission.Permission;

/**
 * Decides about what a command needs, which may be several permissions at once or one of several.
 */
record PermissionCheck(Permissions permissions) {

  /**
   * Decides.
   *
   * @param member who calls
   * @param where in which conversation
   * @param needed what the command needs
   * @return the decision, with the rule of the permission that tipped it
   */
  Decision decide(Member member, Conversation where, Permission needed) {
    if (needed instanceof AndPermission || needed instanceof OrPermission) {
      boolean all = needed instanceof AndPermission;
      Decision last = new Decision(all, "nothing is needed");
      for (Permission part : needed.permissions()) {
        last = decide(member, where, part);
        if (last.permitted() != all) {
          break;
        }
      }
      return last;
    }
    return needed.isEmpty()
        ? new Decision(true, "everybody may call it")
        : permissions.decide(member, where, needed.permissionString());
  }

  /** What is needed, in words: {@code deploy}, {@code deploy or admin.web}. */
  static String words(Permission needed) {
    if (needed instanceof AndPermission || needed instanceof OrPermission) {
      return needed.permissions().stream()
          .map(PermissionCheck::words)
          .distinct()
          .sorted()
          .collect(Collectors.joining(needed instanceof AndPermission ? " and " : " or "));
    }
    return needed.permissionString();
  }

  /** Whether everybody may, so that doing it is no administrative act. */
  boolean isOpen(Permission needed) {
    if (needed instanceof AndPermission) {
      return needed.permissions().stream().allMatch(this::isOpen);
    }
    if (needed instanceof OrPermission) {
      return needed.permissions().stream().anyMatch(this::isOpen);
    }
    return needed.isEmpty() || permissions.isOpen(needed.permissionString());
  }
}
