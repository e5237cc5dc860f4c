/**
 * Reads the text of a configuration a second time, for people: where its syntax is at fault, how to
 * mend it, and what is legal HOCON but surely not meant. Knows no keys.
 */
@NullMarked
package dev.owlery.launcher.config.hocon;

import org.jspecify.annotations.NullMarked;
