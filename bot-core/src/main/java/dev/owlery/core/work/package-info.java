/** What a handler does takes effect as one: units of work and their commit. */
@NullMarked
package dev.owlery.core.work;

import org.jspecify.annotations.NullMarked;
