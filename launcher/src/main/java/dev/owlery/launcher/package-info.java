/**
 * The command line, and the composition root: the only place that knows every room of the house.
 * {@link dev.owlery.launcher.Main} is the door.
 */
@NullMarked
package dev.owlery.launcher;

import org.jspecify.annotations.NullMarked;
