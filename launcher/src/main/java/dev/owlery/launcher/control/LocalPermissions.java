package dev.owlery.launcher.control;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Commands.Decision;
import dev.owlery.core.permission.Permissions;
import java.util.Optional;

/**
 * Lets those who reach the control socket do everything: they own the bot's process, or the
 * machine, and may stop or replace it anyway. For everybody else the configuration decides. For any
 * thread.
 *
 * @param others decides for everybody else
 */
public record LocalPermissions(Permissions others) implements Permissions {

  @Override
  public Optional<String> person(Member member) {
    return others.person(member);
  }

  @Override
  public Decision decide(Member member, Conversation where, String permission) {
    boolean local =
        where.account().equals(LocalAccount.ID)
            && member.identity().filter(who -> who.account().equals(LocalAccount.ID)).isPresent();
    return local
        ? new Decision(true, "the control socket is for those who own the bot's process")
        : others.decide(member, where, permission);
  }

  @Override
  public boolean isOpen(String permission) {
    return others.isOpen(permission);
  }
}
