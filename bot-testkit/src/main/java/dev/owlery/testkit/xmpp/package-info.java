/**
 * Real XMPP servers (Prosody, ejabberd) on loopback ports, and two independent clients that record
 * what a user would have seen: one of raw stanzas, one of slixmpp.
 */
@NullMarked
package dev.owlery.testkit.xmpp;

import org.jspecify.annotations.NullMarked;
