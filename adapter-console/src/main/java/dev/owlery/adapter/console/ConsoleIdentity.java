package dev.owlery.adapter.console;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who and where on a console: names become members and conversations. Immutable. */
final class ConsoleIdentity {

  static final String NAME_RULE =
      "a name here is 1 to 64 characters without spaces, control characters, / and #";

  /** The subject of the one verified identity: whoever sits at the keyboard. */
  static final String LOCAL = "console:local";

  private static final Pattern NAME = Pattern.compile("[^\\s/#\\p{C}][^\\s/\\p{C}]{0,63}");

  private final AccountId account;
  private final Member local;
  private final Member self;

  ConsoleIdentity(AccountId account, ConsoleSettings settings) {
    this.account = account;
    this.local = Member.verified(settings.user(), new Identity(account, LOCAL));
    this.self = Member.self(settings.nick());
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  Member local() {
    return local;
  }

  Member self() {
    return self;
  }

  /** The direct chat between the bot and the person at the keyboard, where everybody starts. */
  Conversation home() {
    return Conversation.direct(account, local.handle());
  }

  /** A person by name: the one at the keyboard under their own name, anybody else unverified. */
  Member person(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(NAME_RULE);
    }
    if (name.equals(self.handle())) {
      throw new IllegalArgumentException(name + " is the bot itself");
    }
    return name.equals(local.handle()) ? local : Member.unverified(name);
  }

  Conversation directWith(Member member) {
    return Conversation.direct(account, member.handle());
  }

  /** {@code #dev} is a room, {@code ann} the direct chat with her. */
  Conversation locate(String room) {
    boolean isRoom = room.startsWith("#");
    if (!isName(isRoom ? room.substring(1) : room)) {
      throw new IllegalArgumentException(
          "a room here is written #name, a person name; " + NAME_RULE);
    }
    return new Conversation(
        account,
        isRoom ? Conversation.Kind.ROOM : Conversation.Kind.DIRECT,
        room,
        Optional.empty());
  }
}
