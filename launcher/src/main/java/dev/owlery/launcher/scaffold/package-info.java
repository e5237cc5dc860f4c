/** Writes the beginnings of things that users then own. */
@NullMarked
package dev.owlery.launcher.scaffold;

import org.jspecify.annotations.NullMarked;
