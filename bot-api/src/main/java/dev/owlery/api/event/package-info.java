/**
 * What happened on a network. Adapters publish these, plugins receive them with {@link
 * dev.owlery.api.plugin.On}.
 *
 * <p>All types are immutable values and may be used from any thread.
 */
@NullMarked
package dev.owlery.api.event;

import org.jspecify.annotations.NullMarked;
