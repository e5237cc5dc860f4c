/**
 * The connection itself: sockets, TLS, logins, the parser of the stream and the queue before it.
 * Builds on {@code link}.
 */
@NullMarked
package dev.owlery.adapter.xmpp.wire;

import org.jspecify.annotations.NullMarked;
