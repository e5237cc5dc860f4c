/**
 * Order: one queue per room, events one at a time, rooms in parallel, and nobody waits for a slow
 * plugin.
 */
@NullMarked
package dev.owlery.core.lane;

import org.jspecify.annotations.NullMarked;
