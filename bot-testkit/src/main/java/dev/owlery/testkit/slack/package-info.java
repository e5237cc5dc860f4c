/**
 * A double of Slack on a loopback port: the Web API, Socket Mode, the Events API over HTTP, slash
 * commands, interactivity, files and incoming webhooks, as Slack documents them, with people who
 * talk, faults on request, and a judge of the rate limits.
 *
 * <pre>{@code
 * try (SlackDouble slack = SlackDouble.start()) {
 *   slack.channel("general").invitesBot();
 *   // start a bot with slack.apiUrl(), slack.botToken(), slack.appToken()
 *   SlackRoom general = slack.user("robin").in("general");
 *   general.says("!echo hi");
 *   general.expect("hi");
 * }
 * }</pre>
 *
 * <p>It is made from documentation, not from Slack: {@code docs/guides/slack-double.md} says what
 * it does not reproduce.
 */
@NullMarked
package dev.owlery.testkit.slack;

import org.jspecify.annotations.NullMarked;
