/**
 * XMPP, on Smack. Smack parses and keeps the stream; when a stanza counts as handled, in which
 * order things happen, when to connect again and what a message means is decided here.
 *
 * <p>Its packages, each of which uses only what stands before it: {@code text < link < wire < rpc
 * adhoc pubsub file < chat}.
 */
@NullMarked
package dev.owlery.adapter.xmpp;

import org.jspecify.annotations.NullMarked;
