package dev.owlery.core.permission;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Commands.Decision;
import java.util.Optional;

/** Decides who may do what. Every method may be called from any thread and is quick. */
public interface Permissions {

  /**
   * The person behind a member's verified identity.
   *
   * @param member as the network showed them with the event in question
   * @return the person's name; empty if the identity is missing or belongs to nobody
   */
  Optional<String> person(Member member);

  /**
   * Decides.
   *
   * @param member who asks, as the network showed them with the event in question
   * @param where in which conversation
   * @param permission what for, for example {@code deploy} or {@code admin.plugins}
   * @return whether it is permitted, and the rule that decided
   */
  Decision decide(Member member, Conversation where, String permission);

  /**
   * Whether everybody has a permission, whoever they are.
   *
   * @param permission for example {@code view}
   * @return true if nobody is refused; its use is then no administrative act
   */
  boolean isOpen(String permission);
}
