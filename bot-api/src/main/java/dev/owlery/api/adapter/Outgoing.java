package dev.owlery.api.adapter;

import dev.owlery.api.action.Action;
import java.time.Instant;

/**
 * One part of an action on its way out.
 *
 * @param token the same for every attempt at this part, over restarts too: for networks that accept
 *     a client's own id. Letters, digits and {@code -}, at most 40
 * @param action the part
 * @param attempt 1 for the first
 * @param madeAt when the action was made: a look-up need not search before it
 */
public record Outgoing(String token, Action action, int attempt, Instant madeAt) {}
