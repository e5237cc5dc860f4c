/** Procedures to try calls with. */
@NullMarked
package dev.owlery.plugins.examples;

import org.jspecify.annotations.NullMarked;
