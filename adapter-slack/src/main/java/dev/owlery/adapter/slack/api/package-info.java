/**
 * Slack's Web API: calls, their limits and answers, and the account's settings. Builds on {@code
 * text}.
 */
@NullMarked
package dev.owlery.adapter.slack.api;

import org.jspecify.annotations.NullMarked;
