/**
 * Conversations: who and what the ids are, what comes in, what was missed, and what is asked.
 * Builds on {@code delivery}.
 */
@NullMarked
package dev.owlery.adapter.slack.chat;

import org.jspecify.annotations.NullMarked;
