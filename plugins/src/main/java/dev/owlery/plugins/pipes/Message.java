package dev.owlery.plugins.pipes;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.owlery.api.chat.Identity;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.TypedText;
import dev.owlery.api.event.MessagePosted;
import dev.owlery.plugins.pipes.FairQueue.Sender;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message for a program, as it waits.
 *
 * @param where its conversation
 * @param at when it was said
 * @param direct whether it was said in a direct chat
 * @param handle the network's address of who said it
 * @param name who said it, for people
 * @param identity who it was, if the network vouches for that; empty otherwise
 * @param text what was said
 * @param source where an unverified person speaks from, if the network shows that; empty otherwise,
 *     and null in what earlier versions have written
 */
record Message(
    String where,
    String at,
    boolean direct,
    String handle,
    String name,
    String identity,
    String text,
    @Nullable String source) {

  private static final int LONGEST = 16_000;
  private static final Gson GSON = new Gson();

  static Message of(MessagePosted event) {
    String text = event.text();
    return new Message(
        event.where().address(),
        event.origin().at().toString(),
        event.where().isDirect(),
        event.sender().handle(),
        event.sender().displayName(),
        event.sender().identity().map(Object::toString).orElse(""),
        text.length() > LONGEST ? text.substring(0, LONGEST) : text,
        event.sender().source().orElse(""));
  }

  static Message read(String written) {
    return GSON.fromJson(written, Message.class);
  }

  /** Who said it, as far as that matters for the answer. */
  Member sender() {
    return identity.isEmpty()
        ? Member.unverified(handle)
        : Member.verified(handle, Identity.parse(identity));
  }

  /** Whose share of a queue it takes. */
  Sender share() {
    if (!identity.isEmpty()) {
      return new Sender(identity, true);
    }
    boolean isFromSomewhere = source != null && !source.isEmpty();
    return new Sender(account() + (isFromSomewhere ? " from " + source : " " + handle), false);
  }

  private String account() {
    return where.substring(0, Math.max(0, where.indexOf('/')));
  }

  String written() {
    return GSON.toJson(this);
  }

  /** An answer to it, which is no command to other programs: in a room the name is in front. */
  String guarded(String answer) {
    return direct
        ? answer
        : answer
            .lines()
            .map(line -> TypedText.looksLikeCommand(line) ? start() + ": " + line : line)
            .collect(Collectors.joining("\n"));
  }

  /** The name, which must be no command either. */
  private String start() {
    return TypedText.looksLikeCommand(name) ? "re" : name;
  }

  /** As a program reads it that reads lines of text. */
  String line() {
    return text.replaceAll("[\\r\\n]+", " ");
  }

  /** As a program reads it that reads JSON. */
  String json(String id) {
    JsonObject sender = new JsonObject();
    sender.addProperty("handle", handle);
    sender.addProperty("name", name);
    if (!identity.isEmpty()) {
      sender.addProperty("identity", identity);
    }
    JsonObject event = new JsonObject();
    event.addProperty("type", "message");
    event.addProperty("id", id);
    event.addProperty("at", at);
    event.addProperty("account", account());
    event.addProperty("where", where);
    event.addProperty("direct", direct);
    event.add("sender", sender);
    event.addProperty("text", text);
    return GSON.toJson(event);
  }
}
