package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import dev.owlery.adapter.slack.api.ResponseUrls;
import dev.owlery.adapter.slack.api.SlackChannelInfo;
import dev.owlery.adapter.slack.text.RenderedMessage;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.Outcome;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.Member;
import dev.owlery.api.command.CommandForm;
import dev.owlery.api.event.CommandCalled;
import dev.owlery.api.event.Origin;
import dev.owlery.api.plugin.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Slash commands: {@code /owl echo hi} is the command {@code echo hi}, by the member whom Slack
 * vouches for. Where the bot is a member the answer is said there; elsewhere the place of the
 * answer is a thread of its own, which leads to the address that came with the call.
 */
public final class SlashCommands {
  private static final String CALL = "call-";
  private static final Duration LIFE = Duration.ofMinutes(29);

  private final AdapterContext context;
  private final SlackIdentity identity;
  private final SlackDirectory directory;
  private final MessageReader messages;
  private final ResponseUrls addresses;

  public SlashCommands(
      AdapterContext context,
      SlackIdentity identity,
      SlackDirectory directory,
      MessageReader messages,
      ResponseUrls addresses) {
    this.context = context;
    this.identity = identity;
    this.directory = directory;
    this.messages = messages;
    this.addresses = addresses;
    forgetOld();
  }

  /** Whether a thread is the place of a call's answers. */
  public static boolean isCall(String thread) {
    return thread.startsWith(CALL);
  }

  private Store memory() {
    return context.memory();
  }

  private void forgetOld() {
    Instant oldest = context.clock().instant().minus(LIFE);
    memory()
        .entries(CALL)
        .forEach((key, value) -> {
          String since = value.substring(0, Math.max(0, value.indexOf(' ')));
          if (!since.matches("[0-9]{1,15}")
              || Instant.ofEpochMilli(Long.parseLong(since)).isBefore(oldest)) {
            memory().remove(key);
          }
        });
  }

  /**
   * A call as it came.
   *
   * @param origin its key and time
   * @param where where the answers go
   * @param caller who called
   * @param line the command, without prefix; {@code help} if they wrote none
   */
  record SlashCommand(Origin origin, Conversation where, Member caller, String line) {
    CommandCalled event() {
      return new CommandCalled(origin, where, caller, line);
    }

    SlashCommand with(String otherLine) {
      return new SlashCommand(origin, where, caller, otherLine);
    }
  }

  /** Reads a slash command. */
  SlashCommand read(JsonObject payload) {
    String trigger = SlackJson.text(payload, "trigger_id");
    Origin origin = Origin.live("slash/" + trigger, context.clock().instant());
    String user = SlackJson.text(payload, "user_id");
    String line = messages.plain(SlackJson.text(payload, "text")).strip();
    return new SlashCommand(
        origin, where(payload, trigger), identity.member(user), line.isEmpty() ? "help" : line);
  }

  private Conversation where(JsonObject payload, String trigger) {
    String id = SlackJson.text(payload, "channel_id");
    SlackChannelInfo channel = directory.channel(id);
    if (channel.isMember()) {
      return identity.where(channel);
    }
    String name = SlackJson.text(payload, "channel_name");
    boolean named = channel.name().isEmpty() && !name.isEmpty() && !name.equals("directmessage");
    boolean isPrivate = name.equals("directmessage") || name.equals("privategroup");
    Conversation room =
        isPrivate
            ? Conversation.direct(identity.account(), SlackJson.text(payload, "user_id"))
            : identity.where(named ? channel.withName(name) : channel);
    String key = CALL + trigger.replaceAll("[^A-Za-z0-9.-]", "-");
    memory().put(key, context.clock().millis() + " " + SlackJson.text(payload, "response_url"));
    return room.inThread(key);
  }

  /**
   * The form of the command that a call names without the arguments that it needs, if there is one.
   */
  Optional<CommandForm> missingArguments(SlashCommand call) {
    return context.commands(call.where(), call.caller()).stream()
        .filter(form -> form.info().name().equals(call.line()))
        .filter(form ->
            form.arguments().stream().anyMatch(argument -> argument.field().preset().isEmpty()))
        .findFirst();
  }

  /**
   * Says something as the answer to a call where the bot is no member.
   *
   * @param thread the call's own
   * @param message what
   * @return what is known of it
   */
  Outcome answer(String thread, JsonObject message) {
    return memory()
        .get(thread)
        .map(known -> addresses.post(known.substring(known.indexOf(' ') + 1), message))
        .orElseGet(() -> Outcome.refused("it is too late to answer the command"));
  }

  public Outcome answer(String thread, RenderedMessage rendered) {
    return answer(thread, ResponseUrls.message(rendered));
  }
}
