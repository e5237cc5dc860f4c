/** Procedures over XMPP: Jabber-RPC (XEP-0009) and XML-RPC. Builds on {@code wire}. */
@NullMarked
package dev.owlery.adapter.xmpp.rpc;

import org.jspecify.annotations.NullMarked;
