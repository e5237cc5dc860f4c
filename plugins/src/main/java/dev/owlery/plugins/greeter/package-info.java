/** Greets who joins a room, and answers when its name is said. */
@NullMarked
package dev.owlery.plugins.greeter;

import org.jspecify.annotations.NullMarked;
