/** Publish-subscribe nodes and PEP (XEP-0060, XEP-0163). Builds on {@code wire}. */
@NullMarked
package dev.owlery.adapter.xmpp.pubsub;

import org.jspecify.annotations.NullMarked;
