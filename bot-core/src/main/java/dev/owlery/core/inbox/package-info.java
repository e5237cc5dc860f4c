/** The only way in: events are recorded, duplicates dropped, and handed to their lane. */
@NullMarked
package dev.owlery.core.inbox;

import org.jspecify.annotations.NullMarked;
