/**
 * How events come from Slack: Socket Mode, or requests to our HTTP listener. Builds on {@code api}.
 */
@NullMarked
package dev.owlery.adapter.slack.delivery;

import org.jspecify.annotations.NullMarked;
