package dev.owlery.core.lane;

import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the bot from giving commands in somebody else's words: other programs, and the services of
 * a network, obey whoever says {@code !op mallory} at the start of a line, and the bot may have
 * rights that the caller has not. In a room each message of a reply that begins with a command sign
 * gets the caller's name in front, and so does one that repeats the caller's words and speaks to a
 * member by name. What else is said of an event gets it only where it repeats the event's words: a
 * plugin may give commands of its own. Pure.
 *
 * @param where the conversation in which it is said
 * @param caller whose words they are
 * @param line what they have said, as it was written
 * @param isReply whether it answers a command
 * @param divide the messages that a content becomes on the network
 * @param members who is there
 */
record GuardedReply(
    Conversation where,
    Member caller,
    String line,
    boolean isReply,
    Function<Content, List<Content>> divide,
    Supplier<List<Member>> members) {

  /** What is a sign only where the caller's words are repeated. */
  private static final String SIGNS_IF_REPEATED = "@:|,";

  private static final Pattern ADDRESS =
      Pattern.compile("([^\\s:,]{1,64})[:,]\\s.*", Pattern.DOTALL);

  private static final int REPEATED = 20;
  private static final int SHORT = 80;
  private static final int DEEPEST = 8;

  /**
   * What to say.
   *
   * @param content the reply
   * @return the same, or its messages, some with the caller's name in front
   */
  List<Content> of(Content content) {
    if (where.isDirect() || !isSuspect(content)) {
      return List.of(content);
    }
    List<Content> said = new ArrayList<>();
    add(content, said, 0);
    return said;
  }

  /** Whether any message of it might begin with a command. */
  private boolean isSuspect(Content content) {
    String text = flat(content).text().plain();
    if (text.length() <= SHORT && text.indexOf('\n') < 0) {
      return isCommand(text);
    }
    boolean atStart = true;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (atStart && !Character.isLetterOrDigit(c) && !Character.isWhitespace(c)) {
        return true;
      }
      atStart = Character.isWhitespace(c);
    }
    return ADDRESS.matcher(text).matches();
  }

  private void add(Content content, List<Content> said, int depth) {
    List<Content> parts = divide.apply(content);
    if (parts.stream().noneMatch(part -> isCommand(flat(part).text().plain()))) {
      said.add(content);
      return;
    }
    for (Content part : parts) {
      if (!isCommand(flat(part).text().plain())) {
        said.add(part);
        continue;
      }
      Content named = named(part);
      List<Content> pieces = depth < DEEPEST ? divide.apply(named) : List.of(named);
      if (pieces.size() <= 1) {
        said.add(named);
      } else {
        said.add(pieces.getFirst());
        pieces.subList(1, pieces.size()).forEach(piece -> add(piece, said, depth + 1));
      }
    }
  }

  private boolean isCommand(String text) {
    String start = start(text);
    if (start.length() < 2) {
      return false;
    }
    char sign = start.charAt(0);
    int word = start.charAt(1) == sign && sign != '.' ? 2 : 1;
    boolean beforeWord =
        word < start.length()
            && (Character.isLetter(start.charAt(word))
                || (sign == '!' && Character.isDigit(start.charAt(word))));
    if (TypedText.looksLikeCommand(start) && (isReply || repeatsCommand(start, word))) {
      return true;
    }
    return isRepeated(start)
        && ((beforeWord && SIGNS_IF_REPEATED.indexOf(sign) >= 0) || speaksToMember(start));
  }

  /** Whether somebody else has written the sign and the word behind it. */
  private boolean repeatsCommand(String start, int word) {
    int end = word;
    while (end < start.length() && Character.isLetterOrDigit(start.charAt(end))) {
      end++;
    }
    return line.contains(start.substring(0, end));
  }

  /** Cards are shown as text where it matters how they begin. */
  private static Content flat(Content content) {
    return content.cards().isEmpty()
        ? content
        : new Content(
            Text.plain(new Content(content.text(), content.cards(), List.of()).plain()),
            List.of(),
            content.files());
  }

  /** The text without what other programs pass over. */
  private static String start(String text) {
    int at = 0;
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at))
            || Character.isSpaceChar(text.charAt(at))
            || Character.isISOControl(text.charAt(at))
            || Character.getType(text.charAt(at)) == Character.FORMAT)) {
      at++;
    }
    return text.substring(at);
  }

  private boolean isRepeated(String start) {
    return line.contains(start.substring(0, Math.min(REPEATED, start.length())).strip());
  }

  private boolean speaksToMember(String start) {
    Matcher address = ADDRESS.matcher(start);
    if (!address.matches()) {
      return false;
    }
    String name = address.group(1).toLowerCase(Locale.ROOT);
    return members.get().stream()
        .filter(member -> !member.isSelf() && !member.handle().equals(caller.handle()))
        .anyMatch(member ->
            member.handle().toLowerCase(Locale.ROOT).equals(name)
                || member.displayName().toLowerCase(Locale.ROOT).equals(name));
  }

  private Content named(Content whole) {
    Content part = flat(whole);
    Text text = part.text();
    String name = name() + ": ";
    Text named =
        text.syntax() == Text.Syntax.PLAIN
            ? Text.plain(name + start(text.source()))
            : Text.markdown(Text.escape(name) + start(text.source()));
    return new Content(named, part.cards(), part.files());
  }

  /** The caller's name, which must be no command either. */
  private String name() {
    String name = caller.displayName().strip();
    int at = 0;
    while (at < name.length() && !Character.isLetterOrDigit(name.codePointAt(at))) {
      at++;
    }
    return at == name.length() ? "re" : name.substring(at);
  }
}
