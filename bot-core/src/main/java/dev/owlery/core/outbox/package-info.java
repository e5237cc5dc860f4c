/** Where actions wait until the network has confirmed them. */
@NullMarked
package dev.owlery.core.outbox;

import org.jspecify.annotations.NullMarked;
