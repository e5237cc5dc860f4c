/** Procedures: those that plugins serve, who may call them, and those of others that they call. */
@NullMarked
package dev.owlery.core.procedure;

import org.jspecify.annotations.NullMarked;
