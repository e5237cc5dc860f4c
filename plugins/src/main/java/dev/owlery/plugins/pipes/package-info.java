/** Pipes: a program in any language takes part by its standard input and output. */
@NullMarked
package dev.owlery.plugins.pipes;

import org.jspecify.annotations.NullMarked;
