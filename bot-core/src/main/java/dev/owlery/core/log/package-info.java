/** Text from outside on its way into a log. */
@NullMarked
package dev.owlery.core.log;

import org.jspecify.annotations.NullMarked;
