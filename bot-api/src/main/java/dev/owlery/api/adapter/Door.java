package dev.owlery.api.adapter;

/**
 * Marks a documented door to what only one network can do, for plugins that are made for that
 * network: {@code bot.door(account, XmppNodes.class)}. What several networks can do belongs into an
 * {@link dev.owlery.api.action.Action} instead.
 *
 * <p>The methods of a door are called from any thread, wait for the network with a deadline, and
 * are no part of a unit of work: they take effect at once.
 */
public interface Door {}
