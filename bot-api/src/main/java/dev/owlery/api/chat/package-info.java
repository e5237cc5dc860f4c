/**
 * Who and where: the facts about conversations and members that every network shares.
 *
 * <p>All types are immutable values and may be used from any thread.
 */
@NullMarked
package dev.owlery.api.chat;

import org.jspecify.annotations.NullMarked;
