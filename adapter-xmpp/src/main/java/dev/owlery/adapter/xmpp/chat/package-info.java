/**
 * Conversations: a session, its rooms and direct chats, archives, and what became of what was sent.
 * Builds on all others; only the adapter itself stands above it.
 */
@NullMarked
package dev.owlery.adapter.xmpp.chat;

import org.jspecify.annotations.NullMarked;
