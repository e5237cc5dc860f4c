package dev.owlery.core.command;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.Origin;
import dev.owlery.core.permission.Permissions;
import java.util.Optional;
import java.util.function.Function;

/** A call that a lane runs. Belongs to that thread. */
final class ActiveCall implements CommandCall {

  private final CallOrigin calling;
  private final String input;
  private final Permissions permissions;
  private final Replies replies;
  private final Function<Form, Answers> dialogue;

  ActiveCall(
      CallOrigin calling,
      String input,
      Permissions permissions,
      Replies replies,
      Function<Form, Answers> dialogue) {
    this.calling = calling;
    this.input = input;
    this.permissions = permissions;
    this.replies = replies;
    this.dialogue = dialogue;
  }

  @Override
  public Member caller() {
    return calling.caller();
  }

  @Override
  public Optional<String> person() {
    return permissions.person(calling.caller());
  }

  @Override
  public Conversation where() {
    return calling.where();
  }

  @Override
  public Origin origin() {
    return calling.origin();
  }

  @Override
  public String input() {
    return input;
  }

  @Override
  public boolean permits(String permission) {
    return permissions.decide(calling.caller(), calling.where(), permission).permitted();
  }

  @Override
  public void reply(Content content) {
    replies.say(content);
  }

  @Override
  public Answers ask(Form form) {
    return dialogue.apply(form);
  }
}
