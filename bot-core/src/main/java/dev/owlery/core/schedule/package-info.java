/** Time: one clock for the whole bot, and tasks that run by it. */
@NullMarked
package dev.owlery.core.schedule;

import org.jspecify.annotations.NullMarked;
