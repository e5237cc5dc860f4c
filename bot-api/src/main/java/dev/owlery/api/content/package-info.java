/**
 * What is said: text, cards and files, written once and rendered by each adapter as well as its
 * network can.
 *
 * <p>All types are immutable values and may be used from any thread.
 */
@NullMarked
package dev.owlery.api.content;

import org.jspecify.annotations.NullMarked;
