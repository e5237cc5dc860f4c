/**
 * Slack. Events come by Socket Mode or by HTTP, actions go out by the Web API, both on Slack's own
 * Java SDK where it can be made to keep our promises (docs/decisions/0012).
 *
 * <p>Threads: one for each account that keeps the socket ({@code SocketEventTransport}); events are
 * published by whoever read them from the network, one at a time; each conversation that has
 * something to say has a virtual thread for as long as that lasts ({@code ConversationTasks}).
 *
 * <p>Its packages, each of which uses only what stands before it: {@code text < api < delivery <
 * chat < files}.
 */
@NullMarked
package dev.owlery.adapter.slack;

import org.jspecify.annotations.NullMarked;
