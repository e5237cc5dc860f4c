/**
 * What every adapter needs and no author of plugins sees: reconnecting, back-off, limits. The
 * engine uses the limits, too.
 */
@NullMarked
package dev.owlery.spi;

import org.jspecify.annotations.NullMarked;
