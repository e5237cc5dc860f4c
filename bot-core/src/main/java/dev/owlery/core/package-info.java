/** The engine's facade: put the stations of the ring together, start them, stop them. */
@NullMarked
package dev.owlery.core;

import org.jspecify.annotations.NullMarked;
