package dev.owlery.testkit.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import com.slack.api.model.Message;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Web API of the double, called by Slack's own client. */
final class SlackWebApiTest {
  private final SlackDouble slack = SlackDouble.start();
  private final Slack sdk = sdk(slack);
  private final MethodsClient bot = sdk.methods(slack.botToken());
  private SlackRoom general;

  static Slack sdk(SlackDouble slack) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(slack.apiUrl());
    config.setPrettyResponseLoggingEnabled(false);
    // Without this the client repeats by itself what may have arrived.
    OkHttpClient once = new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
    return Slack.getInstance(config, new SlackHttpClient(once));
  }

  @BeforeEach
  void comeIn() {
    slack.channel("general").invitesBot();
    general = slack.user("robin").in("general");
  }

  @AfterEach
  void leave() throws Exception {
    sdk.close();
    slack.close();
  }

  private ChatPostMessageResponse post(String text) throws Exception {
    return bot.chatPostMessage(r -> r.channel(general.channel()).text(text));
  }

  @Test
  void the_token_says_who_the_bot_is() throws Exception {
    var test = bot.authTest(r -> r);
    assertThat(test.getUserId()).isEqualTo(slack.botUserId());
    assertThat(test.getTeamId()).isEqualTo(slack.teamId());
    assertThat(test.getHttpResponseHeaders().get("x-oauth-scopes").getFirst())
        .contains("chat:write");
    assertThat(sdk.methods("xoxb-wrong").authTest(r -> r).getError()).isEqualTo("invalid_auth");
    assertThat(sdk.methods("").authTest(r -> r).getError()).isEqualTo("not_authed");
    assertThat(sdk.methods(slack.appToken()).usersList(r -> r).getError())
        .isEqualTo("not_allowed_token_type");
  }

  @Test
  void what_is_posted_is_heard_and_has_a_rising_ts() throws Exception {
    List<String> stamps = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      stamps.add(post("number " + i + " <3 & so on").getTs());
    }
    assertThat(stamps).isSorted().doesNotHaveDuplicates();
    general.expect(
        IntStream.range(0, 5).mapToObj(i -> "number " + i + " <3 & so on").toArray(String[]::new));
    assertThat(general.at(stamps.getFirst()).orElseThrow().text()).contains("&amp;");
  }

  @Test
  void a_message_can_be_changed_and_taken_back_by_who_wrote_it() throws Exception {
    String ts = post("first").getTs();
    bot.chatUpdate(r -> r.channel(general.channel()).ts(ts).text("second"));
    assertThat(general.at(ts).orElseThrow().text()).isEqualTo("second");
    assertThat(general.at(ts).orElseThrow().isEdited()).isTrue();
    bot.chatDelete(r -> r.channel(general.channel()).ts(ts));
    assertThat(general.at(ts)).isEmpty();
    assertThat(bot.chatDelete(r -> r.channel(general.channel()).ts(ts)).getError())
        .isEqualTo("message_not_found");
    String foreign = general.says("mine");
    assertThat(bot.chatUpdate(r -> r.channel(general.channel()).ts(foreign).text("x")).getError())
        .isEqualTo("cant_update_message");
  }

  @Test
  void what_does_not_fit_is_refused_by_name() throws Exception {
    assertThat(post("").getError()).isEqualTo("no_text");
    assertThat(post("x".repeat(40_001)).getError()).isEqualTo("msg_too_long");
    assertThat(bot.chatPostMessage(r -> r.channel("C0NOWHERE").text("x")).getError())
        .isEqualTo("channel_not_found");
    String elsewhere = slack.channel("elsewhere").id();
    assertThat(bot.chatPostMessage(r -> r.channel(elsewhere).text("x")).getError())
        .isEqualTo("not_in_channel");
    slack.channel("general").isArchived();
    assertThat(post("x").getError()).isEqualTo("is_archived");
    String hidden = slack.privateChannel("secret").id();
    assertThat(bot.conversationsInfo(r -> r.channel(hidden)).getError())
        .isEqualTo("channel_not_found");
  }

  @Test
  void reactions_are_given_once_and_taken_back_once() throws Exception {
    String ts = general.says("nice?");
    assertThat(react(ts)).isNull();
    assertThat(react(ts)).isEqualTo("already_reacted");
    assertThat(general.at(ts).orElseThrow().reactions()).containsExactly("owl");
    assertThat(unreact(ts)).isNull();
    assertThat(unreact(ts)).isEqualTo("no_reaction");
    assertThat(react("1.000001")).isEqualTo("message_not_found");
  }

  private String react(String ts) throws Exception {
    return bot.reactionsAdd(r -> r.channel(general.channel()).timestamp(ts).name("owl")).getError();
  }

  private String unreact(String ts) throws Exception {
    return bot.reactionsRemove(r -> r.channel(general.channel()).timestamp(ts).name("owl"))
        .getError();
  }

  @Test
  void lists_come_in_pages() throws Exception {
    IntStream.range(0, 23).forEach(i -> slack.channel("room-" + i));
    List<String> names = new ArrayList<>();
    String cursor = "";
    do {
      String at = cursor;
      var page = bot.conversationsList(r -> r.limit(5).cursor(at));
      page.getChannels().forEach(channel -> names.add(channel.getName()));
      cursor = page.getResponseMetadata().getNextCursor();
    } while (!cursor.isEmpty());
    assertThat(names).hasSize(24).doesNotHaveDuplicates().contains("general", "room-22");
    assertThat(bot.conversationsList(r -> r.cursor("bogus")).getError())
        .isEqualTo("invalid_cursor");
    assertThat(bot.usersList(r -> r).getMembers()).extracting("name").contains("owl", "robin");
    assertThat(bot.conversationsMembers(r -> r.channel(general.channel())).getMembers())
        .contains(slack.botUserId(), slack.user("robin").id());
  }

  @Test
  void history_shows_metadata_on_request_and_threads_apart() throws Exception {
    String root = general.says("a question");
    bot.chatPostMessage(r ->
        r.channel(general.channel())
            .threadTs(root)
            .text("an answer")
            .metadata(
                Message.Metadata.builder()
                    .eventType("owl")
                    .eventPayload(Map.of("k", "7"))
                    .build()));
    var history = bot.conversationsHistory(r -> r.channel(general.channel()));
    assertThat(history.getMessages()).extracting("text").contains("a question");
    assertThat(history.getMessages()).extracting("text").doesNotContain("an answer");
    var bare = bot.conversationsReplies(r -> r.channel(general.channel()).ts(root));
    assertThat(bare.getMessages()).extracting("text").containsExactly("a question", "an answer");
    assertThat(bare.getMessages().getLast().getMetadata()).isNull();
    var full =
        bot.conversationsReplies(
            r -> r.channel(general.channel()).ts(root).includeAllMetadata(true));
    assertThat(full.getMessages().getLast().getMetadata().getEventPayload())
        .containsEntry("k", "7");
  }

  @Test
  void the_bot_comes_goes_and_talks_to_people_alone() throws Exception {
    SlackChannel owls = slack.channel("owls");
    assertThat(bot.conversationsJoin(r -> r.channel(owls.id())).isOk()).isTrue();
    assertThat(owls.hasBot()).isTrue();
    assertThat(bot.conversationsJoin(r -> r.channel(owls.id())).getWarning())
        .isEqualTo("already_in_channel");
    bot.conversationsSetTopic(r -> r.channel(owls.id()).topic("feathers"));
    assertThat(owls.topic()).isEqualTo("feathers");
    bot.conversationsLeave(r -> r.channel(owls.id()));
    assertThat(owls.hasBot()).isFalse();
    SlackUser ann = slack.user("ann");
    SlackRoom direct = ann.direct();
    Conversation opened =
        bot.conversationsOpen(r -> r.users(List.of(ann.id())).returnIm(true)).getChannel();
    assertThat(opened.getId()).isEqualTo(direct.channel());
    bot.chatPostMessage(r -> r.channel(ann.id()).text("psst"));
    direct.expect("psst");
    assertThat(bot.usersConversations(r -> r.types(List.of(ConversationType.IM))).getChannels())
        .extracting("id")
        .contains(direct.channel());
  }

  @Test
  void a_file_is_uploaded_in_three_steps_and_read_with_the_token_only() throws Exception {
    byte[] bytes = "feathers".getBytes(StandardCharsets.UTF_8);
    var uploaded =
        bot.filesUploadV2(r ->
            r.channel(general.channel())
                .filename("owl.txt")
                .fileData(bytes)
                .initialComment("look"));
    assertThat(uploaded.isOk()).isTrue();
    SlackMessage message = general.hears(Duration.ofSeconds(5)).orElseThrow();
    assertThat(message.text()).isEqualTo("look");
    String id = message.json().path("files").path(0).path("id").asText();
    assertThat(slack.file(id)).hasValue(bytes);
    assertThat(bot.filesInfo(r -> r.file(id)).getFile().getSize()).isEqualTo(8);
  }

  @Test
  void a_missing_scope_is_named() throws Exception {
    try (SlackDouble poor = SlackDouble.builder().without("chat:write").start()) {
      poor.channel("general").invitesBot();
      var refused =
          sdk(poor)
              .methods(poor.botToken())
              .chatPostMessage(r -> r.channel(poor.channel("general").id()).text("x"));
      assertThat(refused.getError()).isEqualTo("missing_scope");
      assertThat(refused.getNeeded()).isEqualTo("chat:write");
      assertThat(refused.getProvided()).contains("channels:read");
    }
  }

  @Test
  void faults_are_what_was_ordered() throws Exception {
    slack.faults().next("chat.postMessage", new SlackFault.RateLimited(Duration.ofSeconds(7)));
    assertThatThrownBy(() -> post("limited"))
        .isInstanceOfSatisfying(
            SlackApiException.class,
            limited -> {
              assertThat(limited.getResponse().code()).isEqualTo(429);
              assertThat(limited.getResponse().header("Retry-After")).isEqualTo("7");
            });
    slack.faults().next("chat.postMessage", new SlackFault.LostRequest());
    assertThatThrownBy(() -> post("never arrives")).isInstanceOf(IOException.class);
    slack.faults().next("chat.postMessage", new SlackFault.LostResponse());
    assertThatThrownBy(() -> post("arrives")).isInstanceOf(IOException.class);
    slack.faults().next("chat.postMessage", new SlackFault.ServerError(503));
    assertThatThrownBy(() -> post("unavailable")).isInstanceOf(SlackApiException.class);
    assertThat(slack.channel("general").textsOfBot()).containsExactly("arrives");
  }
}
