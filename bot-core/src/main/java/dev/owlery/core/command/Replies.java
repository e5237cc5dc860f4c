package dev.owlery.core.command;

import dev.owlery.api.content.Content;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers of one call on their way to the lane, counted in the network's messages: after the
 * limit the rest is kept for {@code more}. Belongs to the thread that runs the command.
 */
final class Replies {

  /** What is shorter than this is one message on every network. */
  private static final int SURELY_ONE = 80;

  /** What is shown to the caller alone may be longer. */
  private static final int IN_PRIVATE = 100;

  private final CallContext host;
  private final CommandSettings settings;
  private final Pager leftovers;
  private final CallOrigin calling;
  private final int limit;
  private final List<Content> rest = new ArrayList<>();
  private int said;
  private int restLength;

  Replies(CallContext host, CommandSettings settings, Pager leftovers, CallOrigin calling) {
    this.host = host;
    this.settings = settings;
    this.leftovers = leftovers;
    this.calling = calling;
    this.limit =
        calling.manner() == CallOrigin.CallStyle.FORMS && settings.linesPerReply() > 0
            ? Math.max(IN_PRIVATE, settings.linesPerReply())
            : settings.linesPerReply();
  }

  /** Says something, or keeps it for later. Nothing at all is said for an empty content. */
  void say(Content content) {
    if (content.text().isBlank() && content.cards().isEmpty() && content.files().isEmpty()) {
      return;
    }
    if (limit == 0) {
      host.reply(content);
      return;
    }
    List<Content> parts = isSurelyOne(content) ? List.of(content) : host.divide(content);
    int room = Math.max(0, limit - said);
    if (parts.size() <= room) {
      host.reply(content);
      said += parts.size();
      return;
    }
    parts.subList(0, room).forEach(host::reply);
    said += room;
    for (Content part : parts.subList(room, parts.size())) {
      if (isFull()) {
        return;
      }
      rest.add(part);
      restLength += part.plain().length();
    }
  }

  /** Whether no more would be kept, so that there is no sense in going on. */
  boolean isFull() {
    return restLength >= Pager.LONGEST;
  }

  /** Says something that the limit does not concern: a question, or what went wrong. */
  void sayAnyway(String text) {
    host.reply(Content.of(text));
  }

  /** Starts to count anew, after a question that the caller has answered. */
  void startAnew() {
    finish();
    said = 0;
  }

  /** Tells how much is left over. */
  void finish() {
    if (rest.isEmpty()) {
      return;
    }
    sayAnyway("(" + rest.size() + " more: " + settings.prefix() + "more)");
    leftovers.keep(calling.where(), calling.caller(), rest);
    rest.clear();
    restLength = 0;
  }

  /** Forgets what the command has done since its last commit: it failed. */
  void discard() {
    rest.clear();
    restLength = 0;
    host.discard();
  }

  private static boolean isSurelyOne(Content content) {
    String source = content.text().source();
    return source.length() <= SURELY_ONE
        && source.indexOf('\n') < 0
        && content.cards().isEmpty()
        && content.files().isEmpty();
  }
}
