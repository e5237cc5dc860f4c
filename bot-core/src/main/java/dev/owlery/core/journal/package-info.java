/** Where events and actions are kept: the one store behind inbox and outbox. */
@NullMarked
package dev.owlery.core.journal;

import org.jspecify.annotations.NullMarked;
