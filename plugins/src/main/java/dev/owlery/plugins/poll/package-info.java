/** Polls in a room, drawn up in a dialogue: {@code !poll}. */
@NullMarked
package dev.owlery.plugins.poll;

import org.jspecify.annotations.NullMarked;
