/**
 * Test a plugin or an adapter without a network: a real engine with fake edges, time that is turned
 * by hand, and conversations that read like conversations.
 *
 * <pre>{@code
 * try (BotScenario bot = BotScenario.of(EchoPlugin.class)) {
 *   bot.user("ann").in("#dev").says("!echo hi");
 *   bot.expect("#dev").says("hi");
 * }
 * }</pre>
 *
 * <p>Nothing here sleeps: every wait ends as soon as what it waits for has happened, and fails with
 * the whole conversation in its message when its deadline has passed.
 */
@NullMarked
package dev.owlery.testkit;

import org.jspecify.annotations.NullMarked;
