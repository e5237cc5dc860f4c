package dev.owlery.launcher.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.testkit.net.LoopbackPorts;
import dev.owlery.testkit.slack.SlackDouble;
import dev.owlery.testkit.slack.SlackMessage;
import dev.owlery.testkit.slack.SlackRoom;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Slack's own clients for Node, and curl: one posts to an address of ours as if it were Slack's,
 * one finds nothing strange about the double that stands for Slack in all these proofs.
 */
class SlackHookProofIT {
  private static final Path NOTHING = Path.of("/dev/null");

  private static final String WEBHOOK =
      """
      const { IncomingWebhook } = require('@slack/webhook');
      const [address, wrong] = process.argv.slice(2);
      (async () => {
        const sent = await new IncomingWebhook(address).send({
          text: 'built <https://example.org/7|number 7> & more',
          attachments: [{ fallback: 'f', title: 'Tests', text: 'all *green*', color: 'good' }],
        });
        console.log(sent.text);
        try { await new IncomingWebhook(wrong).send({ text: 'x' }); console.log('taken'); }
        catch (error) { console.log(error.code, /\\b404\\b/.test(error.message) ? 404 : error.message); }
      })();
      """;

  private static final String POSTING =
      """
      const { WebClient } = require('@slack/web-api');
      const [slackApiUrl, wrong] = process.argv.slice(2);
      (async () => {
        const web = new WebClient('xoxb-of-a-program', { slackApiUrl });
        console.log((await web.auth.test()).user);
        const said = await web.chat.postMessage({
          channel: '#builds', text: 'for notifications', username: 'CI', icon_emoji: ':owl:',
          blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'from *the* client' } }],
          attachments: [{ fallback: 'f', title: 'Card & more', fields: [{ title: 'n', value: '7' }] }],
        });
        console.log(said.ok, said.channel, /^\\d+\\.\\d{6}$/.test(said.ts));
        const again = await web.chat.postMessage(
          { channel: 'builds', text: 'an answer', thread_ts: said.ts });
        console.log(again.ok);
        for (const [client, method, channel] of [[web, 'postMessage', '#secrets'],
            [web, 'delete', '#builds'], [new WebClient('x', { slackApiUrl: wrong }), 'postMessage', '#builds']]) {
          try { await client.chat[method]({ channel, text: 'x', ts: '1.1' }); console.log('taken'); }
          catch (error) { console.log(error.data.error); }
        }
      })();
      """;

  private static final String WEB_API =
      """
      const { WebClient } = require('@slack/web-api');
      const [token, slackApiUrl, channel] = process.argv.slice(2);
      (async () => {
        const web = new WebClient(token, { slackApiUrl });
        console.log((await web.auth.test()).user);
        const { ts } = await web.chat.postMessage({ channel, text: 'from node' });
        await web.reactions.add({ channel, timestamp: ts, name: 'owl' });
        const history = await web.conversations.history({ channel, limit: 1 });
        console.log(history.messages[0].text, history.messages[0].reactions[0].name);
        try { await web.chat.delete({ channel, ts: '1.1' }); }
        catch (error) { console.log(error.data.error); }
      })();
      """;

  @Test
  @Timeout(300)
  void programsThatPostToSlackPostToUs() {
    int port = LoopbackPorts.reserve();
    String address = "http://127.0.0.1:" + port + "/hooks/ci/";
    try (SlackDouble slack = SlackDouble.start();
        BotHome home =
            new BotHome(
                BotHome.loadTest(SlackHome.account("work", slack, "burst = 0"), "hooks")
                    + """
                    http { port = %d }
                    plugin.hooks.incoming.ci { secret = "a-long-secret-4711", to = "work/#builds" }
                    """
                        .formatted(port))) {
      slack.channel("builds").invitesBot();
      SlackRoom builds = slack.user("robin").in("builds");
      BotProcess bot = home.run().awaitReady();
      Path node = NodePackages.installed();

      String said =
          NodePackages.node(
              node, WEBHOOK, NOTHING, address + "a-long-secret-4711", address + "wrong");
      assertThat(said.lines()).containsExactly("ok", "slack_webhook_http_error 404");
      SlackMessage heard = builds.hears(SlackRoom.PATIENCE).orElseThrow();
      assertThat(heard.json().toString())
          .contains("number 7", "https://example.org/7", "Tests", "green");

      String posted =
          NodePackages.node(
              node, POSTING, NOTHING, address + "a-long-secret-4711/", address + "wrong/");
      assertThat(posted.lines())
          .containsExactly(
              "owl",
              "true #builds true",
              "true",
              "channel_not_found",
              "unknown_method",
              "invalid_auth");
      SlackMessage card = builds.hears(SlackRoom.PATIENCE).orElseThrow();
      assertThat(card.json().toString()).contains("🦉 CI", "from", "the", "Card &amp; more");
      SlackMessage answer = builds.hears(SlackRoom.PATIENCE).orElseThrow();
      assertThat(answer.plain()).isEqualTo("an answer");
      assertThat(answer.json().path("thread_ts").asText()).isEqualTo(card.ts());

      assertThat(curl(address + "a-long-secret-4711", "{\"text\":\"from curl\"}")).isEqualTo("ok");
      builds.expect("from curl");
      assertThat(curl(address + "a-long-secret-4711", "nonsense")).isEqualTo("invalid_payload");
      assertThat(bot.log())
          .contains("refused request=\"POST /hooks/{name}/{secret}\"")
          .doesNotContain("a-long-secret-4711")
          .doesNotContain("xoxb-of-a-program");
    }
  }

  @Test
  @Timeout(300)
  void slacksOwnClientFindsNothingStrange() {
    try (SlackDouble slack = SlackDouble.start()) {
      slack.channel("builds").invitesBot();
      String said =
          NodePackages.node(
              NodePackages.installed(),
              WEB_API,
              NOTHING,
              slack.botToken(),
              slack.apiUrl(),
              slack.channel("builds").id());
      assertThat(said.lines()).containsExactly("owl", "from node owl", "message_not_found");
    }
  }

  private static String curl(String address, String body) {
    return NodePackages.run(
        List.of(
            "curl",
            "-s",
            "-X",
            "POST",
            "-H",
            "Content-type: application/json",
            "-d",
            body,
            address),
        Path.of("target").toAbsolutePath(),
        NOTHING);
  }
}
