/** Logs: lines of files that match a pattern are told as they are written. */
@NullMarked
package dev.owlery.plugins.logs;

import org.jspecify.annotations.NullMarked;
