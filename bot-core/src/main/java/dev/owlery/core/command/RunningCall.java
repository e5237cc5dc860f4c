package dev.owlery.core.command;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.Answers;
import dev.owlery.api.command.CommandCall;
import dev.owlery.api.command.Form;
import dev.owlery.api.content.Content;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.Origin;
import dev.owlery.core.permission.Permissions;
import java.util.Optional;

/** A call that a lane runs. Belongs to that thread. */
final class RunningCall implements CommandCall {

  private final MessagePosted message;
  private final String input;
  private final Permissions permissions;
  private final Replies replies;
  private final Dialogue dialogue;

  RunningCall(
      MessagePosted message,
      String input,
      Permissions permissions,
      Replies replies,
      Dialogue dialogue) {
    this.message = message;
    this.input = input;
    this.permissions = permissions;
    this.replies = replies;
    this.dialogue = dialogue;
  }

  @Override
  public Member caller() {
    return message.sender();
  }

  @Override
  public Optional<String> person() {
    return permissions.person(message.sender());
  }

  @Override
  public Conversation where() {
    return message.where();
  }

  @Override
  public Origin origin() {
    return message.origin();
  }

  @Override
  public String input() {
    return input;
  }

  @Override
  public boolean permits(String permission) {
    return permissions.decide(message.sender(), message.where(), permission).permitted();
  }

  @Override
  public void reply(Content content) {
    replies.say(content);
  }

  @Override
  public Answers ask(Form form) {
    return dialogue.ask(form);
  }
}
