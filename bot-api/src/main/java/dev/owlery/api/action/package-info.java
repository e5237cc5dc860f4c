/**
 * What the bot does on a network, and what the network said of it. Plugins request actions, the
 * outbox keeps them until an adapter has settled them.
 *
 * <p>All types are immutable values and may be used from any thread.
 */
@NullMarked
package dev.owlery.api.action;

import org.jspecify.annotations.NullMarked;
