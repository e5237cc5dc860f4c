/** Plugins: found, made, registered, and taken apart again without a trace. */
@NullMarked
package dev.owlery.core.plugin;

import org.jspecify.annotations.NullMarked;
