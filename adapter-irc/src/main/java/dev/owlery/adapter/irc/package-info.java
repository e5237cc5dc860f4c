/**
 * IRC, on PircBotX. The way of a message through it: {@code LineReader} cuts the connection's bytes
 * into lines, {@code IrcLine} reads a line, {@code IrcInbound} makes events of it; {@code
 * IrcOutbound} makes lines of actions and waits for their confirmation, {@code LineWriter} writes
 * them at the network's pace. {@code IrcAdapter} keeps the account connected.
 *
 * <p>Only {@code IrcAdapterProvider} is for others.
 */
@NullMarked
package dev.owlery.adapter.irc;

import org.jspecify.annotations.NullMarked;
