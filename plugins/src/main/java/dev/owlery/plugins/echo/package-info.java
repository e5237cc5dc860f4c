/** Repeats what it is told: {@code !echo}. */
@NullMarked
package dev.owlery.plugins.echo;

import org.jspecify.annotations.NullMarked;
