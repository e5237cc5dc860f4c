/**
 * What the process says on standard error. {@link dev.owlery.launcher.log.LogSetup} is the entry.
 */
@NullMarked
package dev.owlery.launcher.log;

import org.jspecify.annotations.NullMarked;
