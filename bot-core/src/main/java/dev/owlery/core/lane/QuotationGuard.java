package dev.owlery.core.lane;

import dev.owlery.api.action.Action;
import dev.owlery.api.action.Say;
import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.chat.Member;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Item;
import dev.owlery.api.event.ChatEvent;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.FileOffered;
import dev.owlery.api.event.FormAnswered;
import dev.owlery.api.event.ItemPublished;
import dev.owlery.api.event.MemberJoined;
import dev.owlery.api.event.MemberLeft;
import dev.owlery.api.event.MemberRenamed;
import dev.owlery.api.event.MessageEdited;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.api.event.SubjectChanged;
import dev.owlery.api.event.TransferDelayed;
import dev.owlery.api.event.TransferEnded;
import dev.owlery.core.account.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what handlers and commands say of an event, in whatever room, from being a command in
 * somebody else's words, as {@link GuardedReply} does with replies. Any thread.
 *
 * @param event what they handle
 * @param accounts who knows the networks
 */
record QuotationGuard(ChatEvent event, Accounts accounts) {

  /**
   * Words from outside.
   *
   * @param whose who wrote them, or where they are from
   * @param text the words
   */
  private record QuotedWords(Member whose, String text) {
    static QuotedWords from(String place, String text) {
      return new QuotedWords(Member.unverified(place), text);
    }
  }

  /** What to say in place of something: the same, or its messages, some with a name in front. */
  List<Say> of(Say say) {
    if (say.where().isDirect()) {
      return List.of(say);
    }
    Optional<QuotedWords> words = words();
    if (words.isEmpty()) {
      return List.of(say);
    }
    Adapter adapter = accounts.adapter(say.where().account());
    List<Content> guarded =
        new GuardedReply(
                say.where(),
                words.get().whose(),
                words.get().text(),
                false,
                content -> divide(adapter, say, content),
                () -> adapter.members(say.where()))
            .of(say.content());
    List<Say> all = new ArrayList<>(guarded.size());
    for (Content content : guarded) {
      all.add(
          new Say(
              say.where(), content, say.tone(), all.isEmpty() ? say.replyTo() : Optional.empty()));
    }
    return all;
  }

  private static List<Content> divide(Adapter adapter, Say say, Content content) {
    List<Content> parts = new ArrayList<>();
    for (Action part : adapter.divide(new Say(say.where(), content))) {
      parts.add(part instanceof Say each ? each.content() : content);
    }
    return parts;
  }

  private Optional<QuotedWords> words() {
    return switch (event) {
      case MessagePosted e -> Optional.of(new QuotedWords(e.sender(), e.text()));
      case MessageEdited e -> Optional.of(new QuotedWords(e.sender(), e.content().plain()));
      case CommandCalled e -> Optional.of(new QuotedWords(e.caller(), e.line()));
      case FormAnswered e ->
          Optional.of(new QuotedWords(e.who(), String.join("\n", e.values().values())));
      case MemberJoined e -> Optional.of(name(e.member()));
      case MemberRenamed e -> Optional.of(name(e.after()));
      case MemberLeft e ->
          Optional.of(new QuotedWords(e.member(), e.member().displayName() + "\n" + e.reason()));
      case SubjectChanged e -> Optional.of(new QuotedWords(e.member(), e.subject()));
      case FileOffered e -> Optional.of(QuotedWords.from("file", e.file().name()));
      case TransferEnded e -> Optional.of(QuotedWords.from("file", e.transfer().file().name()));
      case TransferDelayed e -> Optional.of(QuotedWords.from("file", e.transfer().file().name()));
      case ItemPublished e -> Optional.of(QuotedWords.from(e.topic(), text(e.item())));
      default -> Optional.empty();
    };
  }

  private static QuotedWords name(Member member) {
    return new QuotedWords(member, member.displayName() + "\n" + member.handle());
  }

  private static String text(Item item) {
    return item.title()
        + "\n"
        + item.text().plain()
        + "\n"
        + String.join("\n", item.fields().values());
  }
}
