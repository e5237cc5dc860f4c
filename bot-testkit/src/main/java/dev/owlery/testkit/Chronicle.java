package dev.owlery.testkit;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Say;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MessagePosted;

/** One line for each thing that happens, for the message of a test that fails. */
final class Chronicle {

  private static final int LONGEST = 300;

  private Chronicle() {}

  static String line(ChatEvent event) {
    String what =
        switch (event) {
          case MessagePosted said -> said.sender().handle() + ": " + said.text();
          case MemberJoined joined -> joined.member().handle() + " joined";
          case MemberLeft left -> left.member().handle() + " left";
          default -> event.toString();
        };
    return shortened(event.where() + " " + what);
  }

  static String line(Action action) {
    return shortened(
        action.where()
            + " "
            + (action instanceof Say say ? say.content().plain() : action.toString()));
  }

  private static String shortened(String line) {
    String visible = line.replace("\n", "\n      ");
    return visible.length() <= LONGEST
        ? visible
        : visible.substring(0, LONGEST) + "... (" + visible.length() + " characters)";
  }
}
