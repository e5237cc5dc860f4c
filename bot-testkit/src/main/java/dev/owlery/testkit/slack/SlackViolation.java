package dev.owlery.testkit.slack;

import java.time.Duration;

/**
 * A call that Slack's limits do not allow.
 *
 * @param method of the Web API
 * @param channel the channel's id, or empty when the limit is not a channel's
 * @param what which limit
 * @param by how much too early the call came
 */
public record SlackViolation(String method, String channel, String what, Duration by) {}
