package dev.owlery.adapter.slack.chat;

import com.google.gson.JsonObject;
import com.slack.api.methods.request.chat.ChatPostMessageRequest.ChatPostMessageRequestBuilder;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import dev.owlery.adapter.slack.api.ApiMethod;
import dev.owlery.adapter.slack.api.ApiResult;
import dev.owlery.adapter.slack.api.RawApiResult;
import dev.owlery.adapter.slack.api.SlackApi;
import dev.owlery.adapter.slack.text.Escapes;
import dev.owlery.adapter.slack.text.RenderedMessage;
import dev.owlery.adapter.slack.text.SlackJson;
import dev.owlery.api.chat.Conversation;
import dev.owlery.api.chat.MessageId;
import dev.owlery.api.content.Content;
import dev.owlery.api.content.Tone;
import dev.owlery.api.slack.SlackDoor;
import dev.owlery.api.slack.SlackException;
import dev.owlery.api.slack.SlackNotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The door to what only Slack can do. Waits; any thread. */
public final class SlackFeatures implements SlackDoor {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SlackApi api;
  private final SlackRooms rooms;
  private final SlackIdentity identity;
  private final SlackDirectory directory;
  private final boolean mayAnnounce;

  public SlackFeatures(
      SlackApi api,
      SlackRooms rooms,
      SlackIdentity identity,
      SlackDirectory directory,
      boolean mayAnnounce) {
    this.api = api;
    this.rooms = rooms;
    this.identity = identity;
    this.directory = directory;
    this.mayAnnounce = mayAnnounce;
  }

  @Override
  public MessageId announce(Conversation where, Content content, Reach reach) {
    if (!mayAnnounce) {
      throw new SlackException(
          "not_allowed_here",
          "the configuration of " + identity.account() + " has no announce = true");
    }
    String name = reach.name().toLowerCase(Locale.ROOT);
    RenderedMessage rendered = RenderedMessage.of(content, Tone.NORMAL);
    List<LayoutBlock> blocks = new ArrayList<>();
    if (!rendered.blocks().isEmpty()) {
      RichTextElement mention = RichTextSectionElement.Broadcast.builder().range(name).build();
      BlockElement line = RichTextSectionElement.builder().elements(List.of(mention)).build();
      blocks.add(RichTextBlock.builder().elements(List.of(line)).build());
      blocks.addAll(rendered.blocks());
    }
    RenderedMessage called =
        new RenderedMessage("<!" + name + "> " + rendered.text(), blocks, rendered.attachments());
    return post(where, called::into);
  }

  @Override
  public MessageId broadcast(Conversation thread, Content content) {
    if (thread.thread().isEmpty()) {
      throw new IllegalArgumentException("only an answer in a thread can be shown outside of it");
    }
    RenderedMessage rendered = RenderedMessage.of(content, Tone.NORMAL);
    return post(thread, request -> rendered.into(request).replyBroadcast(true));
  }

  @Override
  public void whisper(Conversation where, String user, Content content) {
    RenderedMessage rendered = RenderedMessage.of(content, Tone.NORMAL);
    String channel = id(where);
    value(
        api.call(
            ApiMethod.CHAT_POST_EPHEMERAL,
            channel,
            PATIENCE,
            methods ->
                methods.chatPostEphemeral(request -> {
                  where.thread().ifPresent(request::threadTs);
                  if (!rendered.blocks().isEmpty()) {
                    request.blocks(rendered.blocks());
                  }
                  return request
                      .channel(channel)
                      .user(user)
                      .text(rendered.text())
                      .attachments(rendered.attachments())
                      .parse("none")
                      .linkNames(false);
                })));
  }

  @Override
  public MessageId post(Conversation where, String blocks, String fallback) {
    return post(
        where,
        request ->
            new RenderedMessage(Escapes.text(fallback), List.of(), List.of())
                .into(request)
                .blocksAsString(blocks));
  }

  private MessageId post(Conversation where, Consumer<ChatPostMessageRequestBuilder> fill) {
    String channel = id(where);
    var posted =
        value(
            api.call(
                ApiMethod.CHAT_POST,
                channel,
                PATIENCE,
                methods ->
                    methods.chatPostMessage(request -> {
                      where.thread().ifPresent(request::threadTs);
                      fill.accept(request);
                      return request.channel(channel);
                    })));
    return new MessageId(String.valueOf(posted.getTs()));
  }

  private String id(Conversation where) {
    if (!where.account().equals(identity.account())) {
      throw new IllegalArgumentException(where + " is no conversation of " + identity.account());
    }
    return value(rooms.resolve(where));
  }

  private static <R> R value(ApiResult<R> answer) {
    return switch (answer) {
      case ApiResult.Ok<R>(R value) -> value;
      case ApiResult.SlackRefused<R>(String error, String detail) ->
          throw new SlackException(error, detail);
      case ApiResult.NotReached<R> lost -> throw new SlackException("not_sent", lost.reason());
      case ApiResult.Unsure<R>(String reason) -> throw new SlackException("unsure", reason);
    };
  }

  @Override
  public List<SlackDoor.Person> people() {
    List<SlackDoor.Person> all = new ArrayList<>();
    boolean _ =
        value(
            rooms.pages(
                ApiMethod.USERS_LIST,
                Map.of(),
                page ->
                    SlackJson.objects(page.members(), "members").stream()
                        .map(directory::learnUser)
                        .map(SlackFeatures::shown)
                        .forEach(all::add)));
    return all;
  }

  private static SlackDoor.Person shown(dev.owlery.adapter.slack.api.SlackPersonInfo person) {
    return new SlackDoor.Person(
        person.id(), person.name(), person.displayName(), person.isBot(), person.isGuest());
  }

  @Override
  public SlackDoor.Person person(String id) {
    RawApiResult answer = value(api.read(ApiMethod.USERS_INFO, PATIENCE, Map.of("user", id)));
    return shown(directory.learnUser(answer.user()));
  }

  @Override
  public List<SlackDoor.Channel> channels() {
    List<SlackDoor.Channel> all = new ArrayList<>();
    boolean _ =
        value(
            rooms.pages(
                ApiMethod.CONVERSATIONS_LIST,
                Map.of("types", "public_channel,private_channel", "exclude_archived", "true"),
                page -> page.channels().forEach(each -> all.add(channel(each)))));
    return all;
  }

  @Override
  public SlackDoor.Channel channel(Conversation where) {
    Map<String, String> what = Map.of("channel", id(where), "include_num_members", "true");
    return channel(value(api.read(ApiMethod.CONVERSATIONS_INFO, PATIENCE, what)).channel());
  }

  private static SlackDoor.Channel channel(JsonObject raw) {
    String members = SlackJson.text(raw, "num_members");
    return new SlackDoor.Channel(
        SlackJson.text(raw, "id"),
        SlackNotation.clean(SlackJson.text(raw, "name")),
        SlackNotation.unescape(SlackJson.text(raw, "topic", "value")),
        SlackNotation.unescape(SlackJson.text(raw, "purpose", "value")),
        members.matches("[0-9]{1,9}") ? Integer.parseInt(members) : 0,
        SlackJson.flag(raw, "is_private"),
        SlackJson.flag(raw, "is_member"),
        SlackJson.flag(raw, "is_archived"));
  }

  @Override
  public Conversation open(List<String> users) {
    return identity.where(value(rooms.open(users)));
  }

  @Override
  public void close(Conversation direct) {
    String channel = id(direct);
    value(
        api.call(
            ApiMethod.CONVERSATIONS_CLOSE,
            "",
            PATIENCE,
            methods -> methods.conversationsClose(request -> request.channel(channel))));
  }
}
